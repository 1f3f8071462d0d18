import ELF

extension Rule {
    /// A section header table that is not whole.
    static let damagedSections = Rule(
        RuleDocument(
            identifier: "damaged-sections", level: .warning,
            summary: "The section headers are damaged, so the file may be truncated",
            rationale:
                "The kernel does not read section headers. But linkers write them at the end of the file, so where they are not"
                + " whole, the file is probably not the one that was linked, and nothing in it shows whether its entry point"
                + " is still right.",
            detection:
                "e_shoff is set, and the table is not inside the file, its entries have a wrong size, the first is not empty, or"
                + " e_shstrndx is not the index of one.",
            limits: "Damage inside a whole table. Files without section headers (e_shoff is 0) are accepted.",
            remedy:
                "Build or download the file again, and compare its checksum with the published one. To remove section headers"
                + " on purpose, use a tool that sets e_shoff to 0.",
            reference: "System V gABI, chapter 4 (Sections)"),
        reads: Headers.self
    ) { headers in
        guard headers.header.isProgramOrSharedObject, let defect = headers.sectionTableDefect else { return [] }
        return [
            .init(
                "the file may be truncated or damaged: its section headers are not whole",
                evidence: defect.description)
        ]
    }
}
