import ELF
import GoBinary

extension Rule {
    /// Any PT_INTERP fails, whatever it holds: the kernel opens the interpreter before it starts anything.
    static let interpreter = Rule(
        RuleDocument(
            identifier: "interpreter", level: .error,
            summary: "The program asks for an interpreter (PT_INTERP)",
            rationale:
                "For a file with a PT_INTERP the kernel starts the dynamic loader that it names. An empty root has "
                + "none, and exec then reports 'no such file or directory', as if the program itself were missing.",
            detection:
                "Any program header of type PT_INTERP, whatever it holds.",
            limits:
                "Nothing: without a PT_INTERP the kernel starts no interpreter.",
            remedy:
                "Go: build with CGO_ENABLED=0 and without -buildmode=pie. Look for -buildmode in GOFLAGS, and for "
                + "//go:cgo_import_dynamic in the packages used. C and C++: link with -static or -static-pie. Rust: build "
                + "for a musl target.",
            reference: "Linux fs/binfmt_elf.c, load_elf_binary; ld.so(8)"),
        reads: Headers.self, BuildInfo?.self, SourceLanguage.self, Surroundings?.self
    ) { headers, info, language, image in
        guard image?.hasInterpreter != true else { return [] }
        return headers.interpreters.map { path in
            let interpreter = path.map { "'\($0)'" } ?? "that cannot be read"
            return .init(
                "exec fails with 'no such file or directory': \(image.rootName) does not have the interpreter \(interpreter)",
                evidence: "PT_INTERP \(path ?? "(unreadable)")",
                remedy: language.staticLinking(for: headers.header.machine, go: interpreterRemedy(info)))
        }
    }
}

extension Rule {
    /// What to change in a build of Go, by what the build info says about it.
    private static func interpreterRemedy(_ info: BuildInfo?) -> String {
        guard let settings = info?.settings else {
            return "Build with CGO_ENABLED=0 and without -buildmode=pie; look at GOFLAGS too."
        }
        if settings["-buildmode"] == "pie" {
            return "Build without -buildmode=pie, which the build info says was given; look at GOFLAGS too."
        }
        if settings["CGO_ENABLED"] == "1" { return "Build with CGO_ENABLED=0 (the build info says 1)." }
        return
            "The build info says CGO_ENABLED=0, but the file is dynamic: look for -buildmode=pie, also in GOFLAGS (older versions of Go do "
            + "not note it), for //go:cgo_import_dynamic in the packages used, and for -linkmode=external or -I in -ldflags."
    }
}
