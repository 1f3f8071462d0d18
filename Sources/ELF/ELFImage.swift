/// One ELF file as the kernel and the loader see it: an immutable value, with nothing of libelf left in it.
///
/// The reader is made for hostile input: every number from the file is checked before it is used, all work is bounded,
/// and a file that cannot be read throws; it never counts as a file without an interpreter.
public struct ELFImage: Sendable {
    /// The whole file.
    public let bytes: [UInt8]
    /// The file header.
    public let header: ELFHeader
    /// The program headers; empty for relocatable objects and cores, which no kernel starts.
    public let segments: [Segment]
    /// One table for each PT_DYNAMIC, in their order.
    public let dynamicTables: [DynamicTable]
    /// The notes of all PT_NOTE segments.
    public let notes: [Note]
    /// The section headers, where there are any that can be read.
    public let sections: [Section]

    /// Reads a file that is in memory.
    ///
    /// - Parameter bytes: The whole file.
    /// - Throws: `ELFError` when the file is no ELF file, or one whose header or program headers no kernel would take.
    public init(_ bytes: [UInt8]) throws(ELFError) {
        let header = try ELFHeader(bytes)
        if header.isProgramOrSharedObject { try header.checkProgramHeaderTable(fileSize: bytes.count) }
        let parts = try unsafe bytes.span.withUnsafeBytes { (buffer) throws(ELFError) -> Parts in
            let handle = try unsafe LibelfHandle(buffer)
            return try unsafe Parts(handle, header, buffer)
        }
        self.bytes = bytes
        self.header = header
        self.segments = parts.segments
        self.dynamicTables = parts.dynamicTables
        self.notes = parts.notes
        self.sections = parts.sections
    }

    /// The interpreter paths that PT_INTERP segments hold; text that cannot be read is nil.
    public var interpreters: [String?] {
        segments.filter { $0.kind == .interpreter }.map { segment in
            guard let range = segment.fileRange, range.upperBound <= UInt64(bytes.count), range.count <= 4096 else {
                return nil
            }
            let raw = bytes[Int(range.lowerBound)..<Int(range.upperBound)]
            return String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    /// The bytes of a segment that are in the file.
    public func bytes(of segment: Segment) -> ArraySlice<UInt8> {
        guard let range = segment.fileRange, range.upperBound <= UInt64(bytes.count) else { return [] }
        return bytes[Int(range.lowerBound)..<Int(range.upperBound)]
    }

    /// The PT_LOAD segments with their bytes, in the order of the file.
    ///
    /// Segments that map the same bytes over and over, which no linker makes, are left out once they add up to four times
    /// the file, so that the work of whoever searches them is bounded by the file's size.
    public var loads: [(segment: Segment, bytes: ArraySlice<UInt8>)] {
        var left = 4 * bytes.count
        return segments.filter { $0.kind == .load }.compactMap { segment in
            let bytes = bytes(of: segment)
            left -= bytes.count
            return left < 0 ? nil : (segment, bytes)
        }
    }

    private struct Parts {
        let segments: [Segment]
        let dynamicTables: [DynamicTable]
        let notes: [Note]
        let sections: [Section]

        init(_ handle: borrowing LibelfHandle, _ header: ELFHeader, _ file: UnsafeRawBufferPointer) throws(ELFError) {
            let segments = header.isProgramOrSharedObject ? try handle.segments(expecting: header) : []
            let map = AddressMap(segments: segments, fileSize: file.count)
            var dynamicTables: [DynamicTable] = []
            var entriesLeft = DynamicTable.maximumEntries
            for segment in segments where segment.kind == .dynamic {
                dynamicTables.append(
                    unsafe DynamicTable(
                        of: segment, map: map, entrySize: header.elfClass.dynamicEntrySize, maximum: entriesLeft,
                        handle, file))
                entriesLeft -= dynamicTables.last?.entries.count ?? 0
            }
            var notes: [Note] = []
            for segment in segments.filter({ $0.kind == .note }).prefix(64) {
                guard let range = segment.fileRange, range.upperBound <= UInt64(file.count) else { continue }
                let start = Int(range.lowerBound)
                let end = min(Int(range.upperBound), start + Note.maximumSize)
                notes += handle.notes(in: start..<end, alignment: segment.alignment)
            }
            self.segments = segments
            self.dynamicTables = dynamicTables
            self.notes = notes
            self.sections = handle.sections()
        }
    }
}
