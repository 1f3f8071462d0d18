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
                + " above the first page, the entry point inside an executable one, and each PT_DYNAMIC inside a PT_LOAD.",
            limits: "A program whose bytes are damaged inside its segments loads, and may still crash.",
            remedy: "Build or download the file again, and compare its checksum with the published one.",
            reference: "Linux fs/binfmt_elf.c, load_elf_binary and load_elf_phdrs"),
        reads: Subject.Content.self, Headers?.self, DynamicTables?.self
    ) { content, headers, dynamic in
        if case .malformed(let error) = content {
            return [
                .init(
                    "exec fails with 'exec format error': \(error.message)", evidence: "at byte \(error.offset.hex)")
            ]
        }
        guard let headers, let dynamic, headers.header.isProgramOrSharedObject else { return [] }
        return headers.loadFaults(dynamic.tables)
    }
}

extension Headers {
    fileprivate func loadFaults(_ tables: [DynamicTable]) -> [Rule.Observation] {
        let loads = segments.enumerated().filter { $0.element.kind == .load }
        guard !loads.isEmpty else { return [.init("exec fails: the file has nothing to load", evidence: "no PT_LOAD")] }
        let faults = loads.flatMap { index, segment in
            segment.faults(fileSize: UInt64(fileSize)).map {
                Rule.Observation(
                    "the program crashes when it is loaded: \($0)",
                    evidence:
                        "program header \(index): PT_LOAD offset \(segment.offset.hex) filesz \(segment.fileSize.hex)"
                        + " address \(segment.address.hex) memsz \(segment.memorySize.hex); file of \(fileSize) bytes"
                )
            }
        }
        return faults + lowAddress(loads.map(\.element)) + overlap(loads.map(\.element))
            + entryFault(loads.map(\.element), tables) + tableFaults(tables)
    }

    private func tableFaults(_ tables: [DynamicTable]) -> [Rule.Observation] {
        tables.flatMap(\.defects).map {
            .init(
                "the dynamic table cannot be read as the loader reads it, and may hide libraries: \($0)", evidence: $0)
        }
    }

    /// Addresses below the first page are kept free (vm.mmap_min_addr), so that a null pointer points to nothing.
    private func lowAddress(_ loads: [Segment]) -> [Rule.Observation] {
        guard header.type == .executable,
            let segment = loads.first(where: { $0.address < Segment.pageSize && $0.memorySize > 0 })
        else { return [] }
        return [
            .init(
                "the program is killed when it is loaded: the kernel maps nothing at its lowest addresses",
                evidence: "PT_LOAD at \(segment.address.hex)")
        ]
    }

    private func overlap(_ loads: [Segment]) -> [Rule.Observation] {
        let ranges = loads.compactMap(\.addresses).filter { !$0.isEmpty }.sorted { $0.lowerBound < $1.lowerBound }
        return zip(ranges, ranges.dropFirst()).filter { $0.upperBound > $1.lowerBound }.prefix(1).map {
            .init(
                "the program's segments overwrite each other in memory",
                evidence:
                    "PT_LOAD at \($0.lowerBound.hex) ends at \($0.upperBound.hex), the next begins at \($1.lowerBound.hex)"
            )
        }
    }

    private func entryFault(_ loads: [Segment], _ tables: [DynamicTable]) -> [Rule.Observation] {
        let isMapped = loads.contains {
            $0.flags.contains(.executable) && $0.fileBackedAddresses?.contains(header.entry) == true
        }
        // ELFv1 of big-endian ppc64 enters through a descriptor, which lies in data.
        let isDescriptor =
            header.machine == .ppc64 && header.flags & 3 < 2
            && loads.contains { $0.fileBackedAddresses?.contains(header.entry) == true }
        guard !isMapped, !isDescriptor else { return [] }
        // A shared library has no entry point, and another rule reports it.
        if header.type == .dynamic && header.entry == 0
            && !tables.contains(where: \.isPositionIndependentExecutable)
        {
            return []
        }
        return [
            .init(
                "the program crashes at its first instruction: its entry point is in no executable segment",
                evidence: "e_entry is \(header.entry.hex)")
        ]
    }
}

extension Segment {
    /// The smallest page size that any Linux port uses; offset and address must agree within it.
    static let pageSize: UInt64 = 4096

    fileprivate func faults(fileSize: UInt64) -> [String] {
        guard let fileRange, addresses != nil else { return ["a segment ends beyond 64 bits"] }
        var faults: [String] = []
        if self.fileSize > memorySize { faults.append("a segment has more bytes in the file than in memory") }
        if self.fileSize > 0 && fileRange.upperBound > fileSize {
            faults.append("the file ends before its segment does")
        }
        if self.fileSize > 0 && offset % Segment.pageSize != address % Segment.pageSize {
            faults.append("a segment's offset and address differ within a page")
        }
        return faults
    }
}
