import ELF

extension Rule {
    /// Symbols and debug data take room.
    static let debugData = Rule(
        RuleDocument(
            identifier: "debug-data",
            level: .note,
            summary:
                "The file carries symbols and debug data",
            rationale:
                "The symbol table and DWARF serve a debugger, and are of no use to the program: panics show "
                + "functions and lines without them.",
            detection:
                "The sizes of the sections .symtab, .strtab and .debug_*.",
            limits:
                "Debug data under other names.",
            remedy:
                "Build with -ldflags '-s -w', or strip the file before it is verified.",
            reference:
                "https://pkg.go.dev/cmd/link")
    ) { subject in
        guard let image = subject.image, image.header.isProgramOrSharedObject, image.debugDataSize > 0 else {
            return []
        }
        return [
            .init(
                "symbols and debug data take room and are of no use to the program",
                evidence: "\(image.debugDataSize) of \(image.size) bytes in .symtab, .strtab and .debug_*")
        ]
    }
}
