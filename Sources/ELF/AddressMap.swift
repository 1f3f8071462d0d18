/// Turns virtual addresses into file offsets by way of the PT_LOAD segments, as the loader does.
struct AddressMap {
    let segments: [Segment]
    let fileSize: Int

    /// From the offset of an address to the end of what its segment has in the file; nil where nothing backs the address.
    func fileRange(from address: UInt64) -> Range<Int>? {
        for segment in segments where segment.kind == .load {
            guard let addresses = segment.fileBackedAddresses, addresses.contains(address),
                let range = segment.fileRange, range.lowerBound < UInt64(fileSize)
            else { continue }
            let start = range.lowerBound + (address - addresses.lowerBound)
            let end = min(range.upperBound, UInt64(fileSize))
            return start < end ? Int(start)..<Int(end) : nil
        }
        return nil
    }
}

extension DynamicTable {
    /// More entries than any linker writes, in all tables of a file together: a bound on the work that it can ask for.
    static let maximumEntries = 4096

    init(
        of segment: Segment, map: AddressMap, entrySize: Int, maximum: Int, _ handle: borrowing LibelfHandle,
        read: (Range<Int>) -> ArraySlice<UInt8>?
    ) {
        guard let whole = map.fileRange(from: segment.address) else {
            self.init(entries: [], defects: ["PT_DYNAMIC lies outside of every PT_LOAD"])
            return
        }
        var defects: [String] = []
        if segment.offset != UInt64(whole.lowerBound) {
            defects.append("PT_DYNAMIC names another place in the file than its address does")
        }
        let range = whole.prefix(maximum * entrySize)
        let (raw, complete) = handle.dynamicEntries(in: range, entrySize: entrySize)
        if !complete { defects.append("the dynamic table has no end (DT_NULL) within \(maximum) entries") }
        let strings = raw.first { $0.tag == DynamicEntry.Tag.stringTable.rawValue }.flatMap {
            map.fileRange(from: $0.value)
        }
        var unreadable = 0
        let entries = raw.map { item -> DynamicEntry in
            let tag = DynamicEntry.Tag(rawValue: item.tag)
            guard tag.namesString else {
                return DynamicEntry(tag: tag, value: item.value, name: nil)
            }
            let name = strings.flatMap { DynamicTable.string(at: item.value, in: $0, read: read) }
            if name == nil { unreadable += 1 }
            return DynamicEntry(tag: tag, value: item.value, name: name)
        }
        if unreadable > 0 {
            defects.append("\(unreadable) names of the dynamic table cannot be read from its string table")
        }
        self.init(entries: entries, defects: defects)
    }

    /// A name of at most 4096 bytes (PATH_MAX) that ends inside its table.
    private static func string(
        at offset: UInt64, in table: Range<Int>, read: (Range<Int>) -> ArraySlice<UInt8>?
    ) -> String? {
        guard offset < UInt64(table.count) else { return nil }
        let start = table.lowerBound + Int(offset)
        guard let rest = read((start..<table.upperBound).prefix(4096)), let end = rest.firstIndex(of: 0) else {
            return nil
        }
        return String(decoding: rest[..<end], as: UTF8.self)
    }
}
