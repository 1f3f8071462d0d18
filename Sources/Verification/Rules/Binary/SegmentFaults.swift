import ELF
import GoBinary

/// What Linux requires of the PT_LOADs (`load_elf_binary` in fs/binfmt_elf.c).
extension Headers {
    /// The faults of all PT_LOADs.
    var segmentFaults: [Rule.Observation] {
        guard !loads.isEmpty else { return [.init("exec fails: the file has nothing to load", evidence: "no PT_LOAD")] }
        let space = MachineKind.of(header).flatMap { AddressSpace(goarch: $0.goarch) }
        let each = segments.enumerated().filter { $0.element.kind == .load }.flatMap { index, segment in
            segment.faults(fileSize: UInt64(fileSize), space).map {
                Rule.Observation(
                    $0, evidence: "program header \(index): \(segment.description); file of \(fileSize) bytes")
            }
        }
        return each + lowAddress + overlap + placeFaults(space)
    }

    /// Addresses below the first page are kept free (vm.mmap_min_addr), so that a null pointer points to nothing.
    private var lowAddress: [Rule.Observation] {
        guard header.type == .executable,
            let segment = loads.first(where: { $0.address < Segment.pageSize && $0.memorySize > 0 })
        else { return [] }
        return [
            .init(
                "the program is killed when it is loaded: the kernel maps nothing at its lowest addresses",
                evidence: "PT_LOAD at \(segment.address.hex)")
        ]
    }

    private var overlap: [Rule.Observation] {
        let ranges = loads.compactMap(\.addresses).filter { !$0.isEmpty }.sorted { $0.lowerBound < $1.lowerBound }
        if let (first, second) = zip(ranges, ranges.dropFirst()).first(where: { $0.upperBound > $1.lowerBound }) {
            return [
                .init(
                    "the program's segments overwrite each other in memory",
                    evidence:
                        "PT_LOAD at \(first.lowerBound.hex) ends at \(first.upperBound.hex), the next begins at"
                        + " \(second.lowerBound.hex)")
            ]
        }
        guard let (earlier, later) = LoadedPages(loads, pageSize: Segment.pageSize).conflict else { return [] }
        return [
            .init(
                "two segments share a page, and the later one takes bytes or rights from the earlier one",
                evidence: "\(loads[earlier.segment].description), then \(loads[later.segment].description)")
        ]
    }

    /// What the kernel needs to find a place for a program without fixed addresses. It asks for one range that holds all
    /// segments, and maps the first one there.
    private func placeFaults(_ space: AddressSpace?) -> [Rule.Observation] {
        guard header.type == .dynamic, let space, let first = loads.first else { return [] }
        var faults: [Rule.Observation] = []
        func add(_ message: Finding.Message, _ segment: Segment) {
            faults.append(.init(message, evidence: "\(segment.description) align \(segment.alignment.hex)"))
        }
        let killed = "the program is killed when it is loaded"
        if first.fileSize == 0 {
            add("\(killed): its first segment, by which it gets its place, has no bytes in the file", first)
        }
        if let (_, next) = zip(loads, loads.dropFirst()).first(where: { $0.address > $1.address }) {
            add("the segments are not in the order of their addresses, and the kernel may find no place for them", next)
        }
        if let last = loads.last, last.address > first.address, last.address - first.address > space.end / 2 {
            add("\(killed): its segments are too far apart", last)
        }
        let aligned = loads.first { $0.alignment.nonzeroBitCount == 1 && $0.alignment > space.largestAlignment }
        if let aligned { add("\(killed): a segment asks for an alignment that leaves no place for it", aligned) }
        return faults
    }
}

extension Segment {
    /// The smallest page size that any Linux port uses; offset and address must agree within it.
    static let pageSize: UInt64 = 4096

    /// The fields that decide how it is loaded, for evidence.
    var description: String {
        "\(kind) offset \(offset.hex) filesz \(fileSize.hex) address \(address.hex) memsz \(memorySize.hex)"
            + " flags \(flags)"
    }

    fileprivate func faults(fileSize: UInt64, _ space: AddressSpace?) -> [Finding.Message] {
        let killed = "the program is killed when it is loaded"
        guard let fileRange, let addresses else { return ["\(killed): a segment ends beyond 64 bits"] }
        var faults: [Finding.Message] = []
        if self.fileSize > memorySize {
            faults.append("\(killed): a segment has more bytes in the file than in memory")
        }
        if let space, addresses.upperBound > space.end || address >= space.end {
            faults.append("\(killed): a segment lies beyond the addresses that the kernel gives programs")
        } else if let space, addresses.upperBound > space.endOfSegments {
            faults.append("a segment lies where the kernel puts the stack, and may overwrite it")
        }
        if self.fileSize > 0 && fileRange.upperBound > fileSize {
            faults.append(
                "the file ends before its segment does, and the program is killed when it reads what is missing")
        }
        if self.fileSize > 0 && offset % Segment.pageSize != address % Segment.pageSize {
            faults.append("\(killed): a segment's offset and address differ within a page")
        }
        return faults
    }
}
