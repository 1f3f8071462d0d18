import ELF

extension Rule {
    /// A position-independent program without interpreter must relocate itself; Go's own linker gives it no code for that.
    static let notRelocated = Rule(
        RuleDocument(
            identifier: "not-relocated", level: .error,
            summary: "Nothing relocates the position-independent program",
            rationale:
                "Go's internal linker leaves the relocation of a position-independent program to the interpreter. If "
                + "the interpreter is removed, nothing relocates the program, and it crashes at its first instructions."
                + " Every other tool calls such a file static-pie.",
            detection:
                "An ET_DYN without PT_INTERP whose Go function table contains the entry function of Go's internal "
                + "linker (_rt0_<arch>_linux).",
            limits:
                "A position-independent program of another compiler that lacks its start-up code.",
            remedy:
                "Build without -buildmode=pie, or link a static-pie externally (-linkmode=external "
                + "-extldflags=-static-pie).",
            reference: "Go cmd/link, internal and external linking"),
        reads: Headers.self, DynamicTables.self, GoFunctions.self
    ) { headers, dynamic, functions in
        guard headers.header.type == .dynamic, headers.interpreters.isEmpty,
            dynamic.tables.contains(where: \.isPositionIndependentExecutable), let entry = functions.linuxEntry
        else { return [] }
        return [
            .init(
                "the program crashes when it is started: it has no interpreter, and no code of its own to relocate it",
                evidence: "ET_DYN without PT_INTERP, made by Go's internal linker (function \(entry))")
        ]
    }
}
