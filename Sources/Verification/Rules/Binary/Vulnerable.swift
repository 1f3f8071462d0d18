extension Rule {
    /// Functions that a public advisory names are in the program.
    static let vulnerable = Rule(
        RuleDocument(
            identifier: "vulnerable", level: .warning,
            summary: "A function with a known vulnerability is linked",
            rationale:
                "The linker keeps only functions that can be reached. One that an advisory names and that is in the file may "
                + "be called with what an attacker sends.",
            detection:
                "With --vulnerabilities: the versions of the modules and of Go in the build info are looked up in the Go "
                + "vulnerability database. A function that an advisory names is in Go's line table, which also names inlined "
                + "functions and which -s -w keeps. If an advisory names a package without functions, all of the package is "
                + "affected.",
            limits:
                "Linked is not called: whether an attacker reaches the function, the file does not show. Advisories that the "
                + "database does not hold. Code that was copied into another module, C code, and a function whose body the "
                + "compiler removed. The build info and the names can be forged.",
            remedy:
                "Update the module, or Go for the standard library, and build again. If the program cannot be attacked that "
                + "way, let it pass with an exception that names the advisory and says why.",
            reference: "https://go.dev/doc/security/vuln/database; https://go.dev/doc/security/vuln/"),
        reads: AdvisoryScan.self
    ) { scan in
        scan.advisories.filter { $0.state == .linked }.map { advisory in
            .init(
                "\(advisory.name) is linked: \(advisory.summary)",
                evidence: "\(advisory.place): \(advisory.functions.firstOnes)", remedy: advisory.remedy,
                advisory: advisory)
        }
    }

    /// Linked code comes from a package or module with an advisory, and nothing shows that the vulnerable function is there.
    static let vulnerablePackage = Rule(
        RuleDocument(
            identifier: "vulnerable-package", level: .note,
            summary: "An advisory matches a linked module, and not a linked function",
            rationale:
                "Most advisories name no functions, and then only a person can tell whether the program is affected. If "
                + "they do and none of them is linked, the next change of the program may link one.",
            detection:
                "With --vulnerabilities: the version of a module matches an advisory, and code of the module is in Go's line "
                + "table, but the advisory names no package, or none of its functions is there. Also programs of Go whose "
                + "modules, version or function names are not in the file.",
            limits: "Like vulnerable.",
            remedy: "Read the advisory. Update the module, or let it pass with an exception that says why.",
            reference: "https://go.dev/doc/security/vuln/database"),
        reads: AdvisoryScan.self
    ) { scan in
        scan.gaps.map { .init("not all advisories could be looked up: \($0)", evidence: "build info and line table") }
            + scan.advisories.compactMap { advisory -> Observation? in
                switch advisory.state {
                case .linked, .notLinked: nil
                case .packageOnly:
                    .init(
                        "\(advisory.name) names a linked package, and no linked function: \(advisory.summary)",
                        evidence: advisory.place, remedy: advisory.remedy, advisory: advisory)
                case .unknown:
                    .init(
                        "\(advisory.name) may be linked (\(advisory.reason ?? "too little is known")): \(advisory.summary)",
                        evidence: advisory.place, remedy: advisory.remedy, advisory: advisory)
                }
            }
    }
}

extension Advisory {
    /// The module and its version, in words.
    fileprivate var place: String {
        switch module {
        case "stdlib": "the standard library of \(version.map { "go\($0)" } ?? "an unknown Go")"
        case "toolchain": "the go command of \(version.map { "go\($0)" } ?? "an unknown Go")"
        default: "\(module) \(version ?? "of an unknown version")"
        }
    }

    fileprivate var remedy: String {
        let isGo = module == "stdlib" || module == "toolchain"
        guard let fixedVersion else {
            return "No later version without it is known: see \(page)."
        }
        return "Build with \(isGo ? "Go" : module) \(fixedVersion) or later; see \(page)."
    }
}

extension Subject {
    /// An error if the database of vulnerabilities could not be read. Neither levels nor exceptions change it: nothing is known.
    var unreadAdvisories: [Finding] {
        guard let failure = advisories?.failure else { return [] }
        return [
            Finding(
                rule: Rule.vulnerable.identifier, level: .error,
                message: "the database of vulnerabilities could not be read", evidence: failure,
                remedy: "Get the database again.")
        ]
    }
}
