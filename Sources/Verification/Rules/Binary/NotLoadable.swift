import ELF

extension Rule {
    /// What Linux requires of the headers before it starts a file (`load_elf_binary`), and what the program needs to survive.
    static let notLoadable = Rule(
        RuleDocument(
            identifier: "not-loadable", level: .error,
            summary: "The kernel cannot load the file",
            rationale:
                "The kernel refuses a truncated or damaged file, or maps it as far as it goes, and the first access beyond"
                + " kills the program. Neither shows before the container is started.",
            detection:
                "The header is read by hand and by libelf, and both must agree. Each PT_LOAD must lie inside the file and"
                + " inside the address space of the machine, above the first page, and on pages of its own. The kernel must"
                + " find a place for a program without fixed addresses. The entry point must lie inside an executable"
                + " PT_LOAD, and each PT_DYNAMIC inside a PT_LOAD.",
            limits:
                "A program whose bytes are damaged inside its segments, or that lost a segment or a right that it needs"
                + " later, loads and may still crash.",
            remedy: "Build or download the file again, and compare its checksum with the published one.",
            reference: "Linux fs/binfmt_elf.c, load_elf_binary and load_elf_phdrs"),
        reads: Subject.Content.self, Headers?.self, DynamicTables?.self
    ) { content, headers, dynamic in
        if case .malformed(let error) = content {
            let consequence =
                error.isRefusedByEveryKernel
                ? "exec fails with 'exec format error'"
                : "no linker writes such a header, and libelf, loaders and some kernels refuse it"
            return [.init("\(consequence): \(error.message)", evidence: "at byte \(error.offset.hex)")]
        }
        guard let headers, let dynamic, headers.header.isProgramOrSharedObject else { return [] }
        return headers.loadFaults(dynamic.tables)
    }
}

extension Headers {
    fileprivate func loadFaults(_ tables: [DynamicTable]) -> [Rule.Observation] {
        let faults = segmentFaults
        guard !loads.isEmpty else { return faults }
        return faults + entryFaults(tables) + propertyFaults + tableFaults(tables)
    }

    /// On arm64 the kernel reads the last PT_GNU_PROPERTY, and refuses what it cannot read (`parse_elf_properties`).
    private var propertyFaults: [Rule.Observation] {
        guard header.machine == .aarch64, let property = segments.last(where: { $0.kind == .gnuProperty }),
            !isPropertyReadable
        else { return [] }
        return [
            .init(
                "exec fails: PT_GNU_PROPERTY holds no note of properties, or one of more than 1024 bytes",
                evidence: property.description)
        ]
    }

    private func tableFaults(_ tables: [DynamicTable]) -> [Rule.Observation] {
        tables.flatMap(\.defects).map {
            .init(
                "the dynamic table cannot be read as the loader reads it, and may hide libraries: \($0)", evidence: $0)
        }
    }
}
