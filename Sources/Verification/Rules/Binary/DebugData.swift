extension Rule {
    /// Symbols and debug data take space.
    static let debugData = Rule(
        RuleDocument(
            identifier: "debug-data", level: .note,
            summary: "The file contains symbols and debug data",
            rationale:
                "A debugger needs the symbol table and DWARF, the program does not: panics show functions and lines "
                + "without them.",
            detection:
                "The sizes of the sections .symtab, .strtab and .debug_*.",
            limits:
                "Debug data under other names.",
            remedy:
                "Strip the file before it is verified, or let the linker do so (Go: -ldflags '-s -w').",
            reference: "https://pkg.go.dev/cmd/link"),
        reads: Sections.self
    ) { sections in
        guard sections.debugDataSize > 0 else { return [] }
        return [
            .init(
                "symbols and debug data take space, and the program does not need them",
                evidence: "\(sections.debugDataSize) of \(sections.fileSize) bytes in .symtab, .strtab and .debug_*")
        ]
    }
}
