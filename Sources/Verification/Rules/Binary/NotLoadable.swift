import ELF

extension Rule {
    /// What Linux demands of the headers before it starts a file (`load_elf_binary`), and what the program needs to survive.
    static let notLoadable = Rule(
        RuleDocument(
            identifier: "not-loadable",
            level: .error,
            summary: "The kernel cannot load the file",
            rationale:
                "A truncated or damaged file is refused by the kernel, or mapped as far as it goes and killed by the first"
                + " access beyond. Neither shows before the container is started.",
            detection:
                "The header is read by hand and by libelf, and both must agree; each PT_LOAD must lie inside the file and above the first page, the entry"
                + " point inside an executable one, and each PT_DYNAMIC inside a PT_LOAD.",
            limits: "A program whose bytes are damaged inside its segments loads, and may still crash.",
            remedy: "Build or download the file again, and compare its checksum with the one that its maker gives.",
            reference: "Linux fs/binfmt_elf.c, load_elf_binary and load_elf_phdrs")
    ) { subject in
        switch subject.content {
        case .other, .absent: []
        case .malformed(let error):
            [
                .init(
                    "exec fails with 'exec format error': \(error.message)",
                    evidence: "at byte 0x\(String(error.offset, radix: 16))")
            ]
        case .image(let image):
            image.header.isProgramOrSharedObject ? image.loadFaults : []
        }
    }
}

extension ELFImage {
    fileprivate var loadFaults: [Rule.Observation] {
        let loads = segments.enumerated().filter { $0.element.kind == .load }
        guard !loads.isEmpty else { return [.init("exec fails: there is nothing to load", evidence: "no PT_LOAD")] }
        let fileSize = UInt64(size)
        let faults = loads.flatMap { index, segment in
            segment.faults(fileSize: fileSize).map {
                Rule.Observation(
                    "the program crashes when it is loaded: \($0)",
                    evidence:
                        "program header \(index): PT_LOAD offset \(hex(segment.offset)) filesz \(hex(segment.fileSize))"
                        + " address \(hex(segment.address)) memsz \(hex(segment.memorySize)); file of \(size) bytes"
                )
            }
        }
        return faults + lowAddress(loads.map(\.element)) + overlap(loads.map(\.element))
            + entryFault(loads.map(\.element)) + tableFaults
    }

    private var tableFaults: [Rule.Observation] {
        dynamicTables.flatMap(\.defects).map {
            .init(
                "the dynamic table cannot be read as the loader reads it, and may hide libraries: \($0)", evidence: $0)
        }
    }

    /// Addresses below the first page are kept free (vm.mmap_min_addr), so that a null pointer leads nowhere.
    private func lowAddress(_ loads: [Segment]) -> [Rule.Observation] {
        guard header.type == .executable,
            let segment = loads.first(where: { $0.address < Segment.pageSize && $0.memorySize > 0 })
        else { return [] }
        return [
            .init(
                "the program is killed when it is loaded: the kernel maps nothing at its lowest addresses",
                evidence: "PT_LOAD at \(hex(segment.address))")
        ]
    }

    private func overlap(_ loads: [Segment]) -> [Rule.Observation] {
        let ranges = loads.compactMap(\.addresses).filter { !$0.isEmpty }.sorted { $0.lowerBound < $1.lowerBound }
        return zip(ranges, ranges.dropFirst()).filter { $0.upperBound > $1.lowerBound }.prefix(1).map {
            .init(
                "the program's segments overwrite each other in memory",
                evidence:
                    "PT_LOAD at \(hex($0.lowerBound)) ends at \(hex($0.upperBound)), the next begins at \(hex($1.lowerBound))"
            )
        }
    }

    private func entryFault(_ loads: [Segment]) -> [Rule.Observation] {
        let isMapped = loads.contains {
            $0.flags.contains(.executable) && $0.fileBackedAddresses?.contains(header.entry) == true
        }
        // ELFv1 of big-endian ppc64 enters by way of a descriptor, which lies in data.
        let isDescriptor =
            header.machine == .ppc64 && header.flags & 3 < 2
            && loads.contains { $0.fileBackedAddresses?.contains(header.entry) == true }
        guard !isMapped, !isDescriptor else { return [] }
        // A library that is no program has no entry point, and another rule says what it is.
        if header.type == .dynamic && header.entry == 0
            && !dynamicTables.contains(where: \.isPositionIndependentExecutable)
        {
            return []
        }
        return [
            .init(
                "the program crashes at its first instruction: its entry point is in no executable segment",
                evidence: "e_entry is \(hex(header.entry))")
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

func hex(_ value: some BinaryInteger) -> String { "0x" + String(value, radix: 16) }
