/// Maps virtual addresses to file offsets through the PT_LOAD segments, as the loader does.
struct AddressMap {
    let segments: [Segment]
    let fileSize: Int

    /// The file range from an address to the end of its segment's bytes in the file; nil if no file byte backs the address.
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
    /// At most this many entries are read in all tables of a file together. It bounds the work that a file can cause, and no
    /// linker writes as many.
    static let maximumEntries = 4096

    init(
        of segment: Segment, map: AddressMap, entrySize: Int, maximum: Int, _ handle: borrowing LibelfHandle,
        read: (Range<Int>) -> ArraySlice<UInt8>?
    ) {
        guard let whole = map.fileRange(from: segment.address) else {
            self.init(entries: [], defects: ["PT_DYNAMIC is not inside a PT_LOAD"])
            return
        }
        var defects: [String] = []
        if segment.offset != UInt64(whole.lowerBound) {
            defects.append("the offset of PT_DYNAMIC does not match its address")
        }
        let range = whole.prefix(maximum * entrySize)
        let (raw, complete) = handle.dynamicEntries(in: range, entrySize: entrySize)
        if !complete { defects.append("the dynamic table has no DT_NULL in its first \(maximum) entries") }
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
            defects.append("\(unreadable) names are not in the string table of the dynamic table")
        }
        self.init(entries: entries, defects: defects)
    }

    /// A name of the string table; nil if it does not end inside the table within 4096 bytes (PATH_MAX).
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
