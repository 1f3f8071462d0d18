/// One ELF file as the kernel and the loader see it: an immutable value, with nothing of libelf left in it.
///
/// The reader is made for hostile input: every number from the file is checked before it is used, all work is bounded,
/// and a file that cannot be read throws; it never counts as a file without an interpreter.
public struct ELFImage: Sendable {
    /// The file header.
    public let header: ELFHeader
    /// The program headers; empty for relocatable objects and cores, which no kernel starts.
    public let segments: [Segment]
    /// The interpreter paths that PT_INTERP segments hold; text that cannot be read is nil.
    public let interpreters: [String?]
    /// One table for each PT_DYNAMIC, in their order.
    public let dynamicTables: [DynamicTable]
    /// The notes of all PT_NOTE segments.
    public let notes: [Note]
    /// The section headers, where there are any that can be read.
    public let sections: [Section]
    /// The symbols that the file leaves to its libraries, in the order of its dynamic symbol table.
    public let importedSymbols: [ImportedSymbol]

    var content: FileContent

    /// Reads a file that is in memory.
    ///
    /// - Parameter bytes: The whole file.
    /// - Throws: `ELFError` when the file is no ELF file, or one whose header or program headers no kernel would take.
    public init(_ bytes: [UInt8]) throws(ELFError) {
        let header = try ELFHeader(bytes, fileSize: bytes.count)
        let content = FileContent(bytes)
        let parts = try unsafe bytes.span.withUnsafeBytes { (buffer) throws(ELFError) -> ImageParts in
            let handle = try unsafe LibelfHandle(buffer)
            return try ImageParts(handle, header, fileSize: bytes.count, read: content.bytes)
        }
        self.init(header, parts, content)
    }

    init(_ header: ELFHeader, _ parts: ImageParts, _ content: FileContent) {
        self.header = header
        self.content = content
        segments = parts.segments
        interpreters = parts.interpreters
        dynamicTables = parts.dynamicTables
        notes = parts.notes
        sections = parts.sections
        importedSymbols = parts.importedSymbols
    }

    /// The size of the file in bytes.
    public var size: Int { content.size }

    /// The bytes of a range of the file; nil where it ends before, or where that part of it was not read.
    public func bytes(in range: Range<Int>) -> ArraySlice<UInt8>? { content.bytes(in: range) }

    /// The PT_LOAD segments with their bytes, in the order of the file; of a file that was not read whole, the pieces that
    /// were.
    ///
    /// Segments that map the same bytes over and over, which no linker makes, are left out once they add up to four times
    /// the file, so that the work of whoever searches them is bounded by the file's size.
    public var loads: [LoadedBytes] {
        loadRanges.flatMap { segment, range in
            content.pieces(in: range).map { offset, bytes in
                LoadedBytes(bytes, at: offset, of: segment, from: range.lowerBound)
            }
        }
    }

    /// What is loaded from some bytes of the file on, as far as it was read in one piece: an array for each segment, in the
    /// order of ``loads``, with those of the bytes that it holds, in the order in which they are given.
    public func loads(fromBytesAt offsets: [Int]) -> [[LoadedBytes]] {
        loadRanges.map { segment, range in
            offsets.filter(range.contains).compactMap { offset in
                let pieces = content.pieces(in: offset..<range.upperBound).filter { $0.offset == offset }
                guard let piece = pieces.max(by: { $0.bytes.count < $1.bytes.count }) else { return nil }
                return LoadedBytes(piece.bytes, at: offset, of: segment, from: range.lowerBound)
            }
        }
    }

    /// How many PT_LOAD segments are left out, for all together map the file more than four times over.
    public var omittedLoadCount: Int { segments.count { $0.kind == .load } - loadRanges.count }

    var loadRanges: [(segment: Segment, range: Range<Int>)] {
        var left = 4 * size
        return segments.filter { $0.kind == .load }.compactMap { segment in
            let range = segment.range(inFileOf: size) ?? 0..<0
            left -= range.count
            return left < 0 ? nil : (segment, range)
        }
    }
}

extension Segment {
    /// The range in a file of some size; nil where the file ends before it.
    func range(inFileOf size: Int) -> Range<Int>? {
        guard let range = fileRange, range.upperBound <= UInt64(size) else { return nil }
        return Int(range.lowerBound)..<Int(range.upperBound)
    }
}
