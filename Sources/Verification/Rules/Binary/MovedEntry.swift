import ELF

extension Rule {
    /// An entry point that section headers and symbols contradict.
    static let movedEntry = Rule(
        RuleDocument(
            identifier: "moved-entry", level: .error,
            summary: "The entry point is not where the program begins",
            rationale:
                "A damaged entry point or program header starts the program in the middle of an instruction, or of other"
                + " bytes. It loads, and usually dies at its first instruction.",
            detection:
                "The section headers put the entry point in no section, or at another place in the file than the program"
                + " headers do; or the symbol table has a start symbol (_start, __start, _rt0_*_linux) at another address,"
                + " and no global function at the entry point.",
            limits:
                "Files without section headers, and an entry point inside the code of a file without symbols. Only the"
                + " code itself shows those.",
            remedy:
                "Build or download the file again. A program that is edited after it is linked must stay consistent.",
            reference: "System V gABI, chapter 4 (ELF Header), e_entry"),
        reads: Headers.self, Linkage.self, EntryPlace.self
    ) { headers, linkage, place in
        guard linkage.isStatic else { return [] }
        let entry = headers.header.entry
        if !place.sections.isEmpty {
            guard let section = place.sections.first(where: { $0.holds(address: entry) }) else {
                return [
                    .init(
                        "the section headers put no part of the program at its entry point",
                        evidence: "e_entry is \(entry.hex)")
                ]
            }
            let offset = section.offset &+ (entry &- section.address)
            let mapped = headers.loads.last { $0.fileBackedAddresses?.contains(entry) == true }
            if let mapped, mapped.offset &+ (entry &- mapped.address) != offset {
                return [
                    .init(
                        "other bytes are loaded at the entry point than section \(section.name) has there",
                        evidence: "e_entry is \(entry.hex), section offset \(offset.hex), \(mapped.description)")
                ]
            }
        }
        guard let symbols = place.symbols, symbols.start != entry, !symbols.isAtGlobalFunction else { return [] }
        return [
            .init(
                "the entry point is not at the start symbol of the program",
                evidence: "e_entry is \(entry.hex), the symbol is at \(symbols.start.hex)")
        ]
    }
}
