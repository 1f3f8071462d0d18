/// What is read of an ELF file through libelf, and at the offsets that libelf reports.
struct ImageParts {
    let segments: [Segment]
    let interpreters: [String?]
    let dynamicTables: [DynamicTable]
    let notes: [Note]
    let isPropertyReadable: Bool
    let sections: [Section]
    let importedSymbols: [ImportedSymbol]

    /// Reads all parts.
    ///
    /// - Parameter read: Returns the bytes of a range of the file; nil if they cannot be read.
    init(
        _ handle: borrowing LibelfHandle, _ header: ELFHeader, fileSize: Int, read: (Range<Int>) -> ArraySlice<UInt8>?
    ) throws(ELFError) {
        if header.isProgramOrSharedObject { try header.checkProgramHeaderTable(fileSize: fileSize) }
        let segments = header.isProgramOrSharedObject ? try handle.segments(expecting: header) : []
        let map = AddressMap(segments: segments, fileSize: fileSize)
        var dynamicTables: [DynamicTable] = []
        var entriesLeft = DynamicTable.maximumEntries
        for segment in segments where segment.kind == .dynamic {
            dynamicTables.append(
                DynamicTable(
                    of: segment, map: map, entrySize: header.elfClass.dynamicEntrySize, maximum: entriesLeft, handle,
                    read: read))
            entriesLeft -= dynamicTables.last?.entries.count ?? 0
        }
        var notes: [Note] = []
        for segment in segments.filter({ $0.kind == .note }).prefix(64) {
            guard let range = segment.range(inFileOf: fileSize) else { continue }
            notes += handle.notes(in: range.prefix(Note.maximumSize), alignment: segment.alignment)
        }
        let property = segments.last { $0.kind == .gnuProperty }?.range(inFileOf: fileSize) ?? 0..<0
        let propertyNote = handle.notes(in: property.prefix(Note.maximumPropertySize), alignment: 8).first
        isPropertyReadable =
            property.count <= Note.maximumPropertySize && propertyNote?.owner == "GNU" && propertyNote?.type == 5
        self.segments = segments
        self.dynamicTables = dynamicTables
        self.notes = notes
        interpreters = segments.filter { $0.kind == .interpreter }.map { segment in
            guard let range = segment.range(inFileOf: fileSize), range.count <= 4096, let path = read(range) else {
                return nil
            }
            return String(decoding: path.prefix { $0 != 0 }, as: UTF8.self)
        }
        sections = handle.sections()
        importedSymbols = dynamicTables.contains { !$0.libraries.isEmpty } ? handle.importedSymbols() : []
    }
}

extension Range<Int> {
    /// The first numbers of the range, at most `maximum`.
    func prefix(_ maximum: Int) -> Range<Int> {
        maximum < count ? lowerBound..<lowerBound + maximum : self
    }
}
