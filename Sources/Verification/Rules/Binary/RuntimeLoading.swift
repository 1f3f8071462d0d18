extension Rule {
    /// Libraries that a static C program opens while it runs.
    static let runtimeLoading = Rule(
        RuleDocument(
            identifier: "runtime-loading", level: .warning,
            summary: "The program loads libraries while it runs",
            rationale:
                "dlopen looks for shared libraries, and for the exact C library that the program was linked with. An "
                + "empty root has none of them, so it fails.",
            detection:
                "A static program without Go code of its own, or with cgo, calls dlopen: its symbol table names the "
                + "function, and its code calls that address.",
            limits:
                "Programs whose symbols are stripped, calls through a pointer, and machines other than x86 and arm64."
                + " That dlopen is in the file means nothing: glibc puts it into every static program.",
            remedy:
                "Link what is loaded into the program.",
            reference: "dlopen(3); ld(1), static programs that call dlopen"),
        reads: CLibrary.self
    ) { library in
        guard library.callsOpenLibrary else { return [] }
        return [.init("dlopen fails for every library that the image does not have", evidence: "a call of dlopen")]
    }
}
