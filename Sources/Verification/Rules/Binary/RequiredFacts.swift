extension Rule {
    /// A fact that the build must have.
    static let requiredFact = Rule(
        RuleDocument(
            identifier: "required-fact", level: .error,
            summary: "A fact that is required of the program is not there",
            rationale:
                "How a program was built decides what it may be used for: with which version of Go and of its modules, from "
                + "which sources, in FIPS 140-3 mode. A file that was built in another way looks the same from outside.",
            detection:
                "With --require-fact, or require in scratchcheck.yaml: the setting, the version of Go or the version of the "
                + "module in the build info is compared. A module that is replaced has the version of its replacement. With "
                + "GOFIPS140=v1.0.0 the line table must not name Go's cryptography of another version. A fact that the file "
                + "does not tell is a finding too.",
            limits:
                "The build info can be forged, and GODEBUG in the environment changes FIPS 140-3 mode. The go command does "
                + "not write -ldflags and the flags of cgo into a file that is built with -trimpath.",
            remedy:
                "Build with the setting or the version that is required. 'go version -m FILE' shows those of a file.",
            reference: "https://pkg.go.dev/runtime/debug#BuildSetting; https://go.dev/doc/security/fips140"),
        reads: DemandCheck.self
    ) { check in
        check.findings(of: .fact) { "it does not have the required fact '\($0)'" }
    }

    /// Code that must not be in the program.
    static let deniedCode = Rule(
        RuleDocument(
            identifier: "denied-code", level: .error,
            summary: "The program contains a module or a package that is denied",
            rationale:
                "Some packages do not belong into what is shipped: net/http/pprof shows the memory of a server to all who "
                + "can reach it, and a module may be abandoned, or have been replaced by another.",
            detection:
                "With --deny-module or --deny-package, or require in scratchcheck.yaml: modules are looked up in the build "
                + "info, packages among the names of functions in Go's line table, which -s -w keeps. If the names are garbled "
                + "or missing, that is a finding too.",
            limits:
                "A package of which only types, constants and data are linked has no functions in the line table. Code that "
                + "was copied into another package. The build info and the names can be forged.",
            remedy: "Remove the import. 'go mod why -m MODULE' and 'go list -deps' show where it comes from.",
            reference: "https://go.dev/ref/mod#go-mod-why"),
        reads: DemandCheck.self
    ) { check in
        check.findings(of: .denial) { "it contains what '\($0)' denies" }
    }

    /// A capability above the ceiling.
    static let capability = Rule(
        RuleDocument(
            identifier: "capability", level: .error,
            summary: "The program can do something that is not allowed",
            rationale:
                "A program that has never started others and does so in its next version has a new dependency, or a new "
                + "author. Nothing else shows it as early as the file.",
            detection:
                "With --allow-capabilities, or require in scratchcheck.yaml: the functions through which Go code makes sockets "
                + "(network), starts programs (exec), loads plugins (plugin) or calls C (cgo) are looked up in Go's line table. "
                + "The linker keeps only functions that can be reached. If the names are garbled or missing, that is a finding "
                + "too.",
            limits:
                "Linked is not called. C code, assembly and system calls by number (syscall.Syscall) can do all without these "
                + "functions. The names can be forged.",
            remedy:
                "Remove the import, or allow the capability. 'staticcheck diff OLD NEW' shows with which packages it came.",
            reference: "https://github.com/google/capslock"),
        reads: DemandCheck.self
    ) { check in
        check.findings(of: .capability) { "it can do more than '\($0)' allows" }
    }
}

extension DemandCheck {
    /// What is found of one kind of demands: those that do not hold, and those that cannot be checked.
    fileprivate func findings(
        of kind: Kind, _ message: (String) -> Finding.Message
    ) -> [Rule.Observation] {
        results.filter { $0.kind == kind }.compactMap { result in
            switch result.state {
            case .held: nil
            case .violated: .init(message(result.demand), evidence: result.evidence)
            case .unknown:
                .init(
                    "'\(result.demand)' cannot be checked", evidence: result.evidence,
                    remedy: "Build with Go modules, and keep the build info and the names of functions.")
            }
        }
    }
}
