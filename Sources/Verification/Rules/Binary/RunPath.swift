import ELF

extension Rule {
    /// glibc's start code for static-pie stops at a search path for libraries.
    static let runPath = Rule(
        RuleDocument(
            identifier: "run-path",
            level: .error,
            summary:
                "The static-pie names a folder of libraries, and ends as it starts",
            rationale:
                "The code by which glibc relocates a static-pie demands that its dynamic table names no search path; where it "
                + "does, the program is killed by SIGSEGV while it reports that, wherever it is started. The linker says nothing.",
            detection:
                "A position-independent program without PT_INTERP holds DT_RPATH or DT_RUNPATH, and the text of glibc's own "
                + "assertion about that entry.",
            limits:
                "A glibc that was compiled without assertions starts such a program; it holds no such text.",
            remedy:
                "Link without -rpath (for Swift: --disable-local-rpath), or take the entry out: patchelf --remove-rpath.",
            reference:
                "glibc elf/get-dynamic-info.h, STATIC_PIE_BOOTSTRAP")
    ) { subject in
        guard subject.isStatic, subject.image?.header.type == .dynamic, let marks = subject.marksOfC else { return [] }
        return CText.allCases.filter(marks.texts.contains).compactMap(\.entry).map { tag in
            .init("it is killed by SIGSEGV as it starts: glibc's start code takes no search path", evidence: "\(tag)")
        }
    }
}
