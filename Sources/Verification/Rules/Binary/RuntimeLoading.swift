extension Rule {
    /// Libraries that a static C program opens while it runs.
    static let runtimeLoading = Rule(
        RuleDocument(
            identifier: "runtime-loading",
            level: .warning,
            summary:
                "The program loads libraries while it runs",
            rationale:
                "dlopen looks for shared libraries, and for the very C library that the program was linked with; "
                + "an empty root has none of them, so that it fails.",
            detection:
                "A static program without Go code of its own, or with cgo, calls dlopen: its symbol table names "
                + "the function, and its code calls that address.",
            limits:
                "Programs whose symbols are stripped, calls by way of a pointer, and machines other than x86 and "
                + "arm64. That dlopen is in the file shows nothing: glibc puts it into every static program.",
            remedy:
                "Link what is loaded into the program.",
            reference:
                "dlopen(3); ld(1), static programs that call dlopen")
    ) { subject in
        guard subject.isStaticC, subject.marksOfC?.callsOpenLibrary == true else { return [] }
        return [.init("dlopen fails for every library that the image does not hold", evidence: "a call of dlopen")]
    }
}
