import ELF

extension Rule {
    /// glibc's start code for static-pie stops at a search path for libraries.
    static let runPath = Rule(
        RuleDocument(
            identifier: "run-path", level: .error,
            summary: "The static-pie names a folder of libraries, and crashes when it starts",
            rationale:
                "The code by which glibc relocates a static-pie requires that its dynamic table names no search path."
                + " If it does, the program is killed by SIGSEGV while it reports that, in any root. The linker gives "
                + "no warning.",
            detection:
                "A position-independent program without PT_INTERP contains DT_RPATH or DT_RUNPATH, and the text of "
                + "glibc's own assertion about that entry.",
            limits:
                "A glibc that was compiled without assertions starts such a program; it does not contain the text.",
            remedy:
                "Link without -rpath (for Swift: --disable-local-rpath), or remove the entry: patchelf "
                + "--remove-rpath.",
            reference: "glibc elf/get-dynamic-info.h, STATIC_PIE_BOOTSTRAP"),
        reads: Headers.self, CLibrary.self
    ) { headers, library in
        guard headers.header.type == .dynamic else { return [] }
        return CText.allCases.filter(library.texts.contains).compactMap(\.entry).map { tag in
            .init(
                "it is killed by SIGSEGV when it starts: glibc's start code accepts no search path", evidence: "\(tag)")
        }
    }
}
