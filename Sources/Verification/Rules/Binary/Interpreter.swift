import ELF
import GoBinary

extension Rule {
    /// Any PT_INTERP fails, whatever it holds: the kernel opens the first before it starts anything.
    static let interpreter = Rule(
        RuleDocument(
            identifier: "interpreter",
            level: .error,
            summary: "The program asks for an interpreter (PT_INTERP)",
            rationale:
                "For a file with a PT_INTERP the kernel starts the dynamic loader that it names. An empty root has none,"
                + " and the error that exec gives then seems to speak of the program itself: no such file or directory.",
            detection: "Any program header of type PT_INTERP, whatever it holds.",
            limits: "Nothing: without a PT_INTERP the kernel starts no interpreter.",
            remedy: "Build with CGO_ENABLED=0 and without -buildmode=pie; look for -buildmode in GOFLAGS, and for"
                + " //go:cgo_import_dynamic in the packages used.",
            reference: "Linux fs/binfmt_elf.c, load_elf_binary; ld.so(8)")
    ) { subject in
        guard let image = subject.image, subject.surroundings?.hasInterpreter != true else { return [] }
        return image.interpreters.map { path in
            let interpreter = path.map { "'\($0)'" } ?? "that cannot be read"
            return Rule.Observation(
                "exec fails with 'no such file or directory': \(subject.rootWords) does not have the interpreter \(interpreter)",
                evidence: "PT_INTERP \(path ?? "(unreadable)")",
                remedy: subject.interpreterRemedy)
        }
    }
}

extension Subject {
    fileprivate var interpreterRemedy: String? {
        guard let settings = buildInfo?.settings else {
            return "Link the program statically: for Go with CGO_ENABLED=0, for C with -static or -static-pie."
        }
        if settings["-buildmode"] == "pie" {
            return "Build without -buildmode=pie (the build info says it was given; look at GOFLAGS too)."
        }
        if settings["CGO_ENABLED"] == "1" { return "Build with CGO_ENABLED=0 (the build info says 1)." }
        return
            "The build info says CGO_ENABLED=0, and the file is dynamic all the same: look for //go:cgo_import_dynamic in"
            + " the packages used, and for -linkmode=external or -I in -ldflags."
    }
}
