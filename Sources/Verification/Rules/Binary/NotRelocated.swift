import ELF
import GoBinary

extension Rule {
    /// A position-independent program without interpreter must relocate itself; Go's own linker gives it no code for that.
    static let notRelocated = Rule(
        RuleDocument(
            identifier: "not-relocated",
            level: .error,
            summary: "Nobody relocates the position-independent program",
            rationale:
                "Go's internal linker leaves the relocation of a position-independent program to the interpreter. With the"
                + " interpreter removed, nobody does it, and the program crashes at its first instructions; every other tool calls"
                + " such a file static-pie.",
            detection:
                "An ET_DYN without PT_INTERP whose Go function table holds the entry function that Go's internal linker gives a"
                + " program (_rt0_<arch>_linux).",
            limits: "A position-independent program of another compiler that lacks start-up code of its own.",
            remedy:
                "Build without -buildmode=pie, or link a static-pie externally (-linkmode=external -extldflags=-static-pie).",
            reference: "Go cmd/link, internal and external linking")
    ) { subject in
        guard let image = subject.image, image.header.type == .dynamic, image.interpreters.isEmpty,
            image.dynamicTables.contains(where: \.isPositionIndependentExecutable),
            let entry = subject.ownEntryFunction
        else { return [] }
        return [
            .init(
                "the program crashes when it is started: it has no interpreter, and no code of its own to relocate it",
                evidence: "ET_DYN without PT_INTERP, made by Go's internal linker (function \(entry))")
        ]
    }
}
