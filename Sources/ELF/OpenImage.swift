public import Files
internal import SystemPackage

/// An ELF file of which no more is read than is asked for, as long as it is open.
extension ELFImage {
    /// What is read of a file at once: enough for the headers of every program that a linker makes.
    private static let headSize = 4096

    /// Reads what the kernel and the loader read before a program starts: its headers, tables and names.
    ///
    /// - Throws: `ELFError` as for a file in memory; `FileError`.
    public init(startOf file: borrowing OpenFile) throws {
        var content = FileContent(size: file.size)
        let head = try file.bytes(in: (0..<file.size).prefix(ELFImage.headSize))
        content.add(head, at: 0)
        content.add(try file.bytes(in: max(0, file.size - 64)..<file.size), at: max(0, file.size - 64))
        let header = try ELFHeader(head, fileSize: file.size)
        var failure: FileError?
        let parts = try file.withHandle { (handle) throws(ELFError) in
            try ImageParts(handle, header, fileSize: file.size) { range in
                if let bytes = content.bytes(in: range) { return bytes }
                guard range.upperBound <= file.size else { return nil }
                do throws(FileError) {
                    return try file.bytes(in: range)[...]
                } catch {
                    failure = error
                    return nil
                }
            }
        }
        if let failure { throw failure }
        self.init(header, parts, content)
    }

    /// The image with the bytes of some ranges of the file.
    public func with(_ ranges: [Range<Int>], of file: borrowing OpenFile) throws(FileError) -> ELFImage {
        var image = self
        try image.read(ranges, of: file)
        return image
    }

    /// The image with all that the program can write to, where Go keeps what it says of itself.
    public func withWritableLoads(of file: borrowing OpenFile) throws(FileError) -> ELFImage {
        try with(loadRanges.filter { $0.segment.flags.contains(.writable) }.map(\.range), of: file)
    }

    /// Leads to a body what the kernel loads, piece by piece, so that a segment takes no more memory than a piece.
    ///
    /// - Parameters:
    ///   - file: The file, open.
    ///   - overlap: How many bytes a piece begins before the end of the one before it: what has no more than these lies
    ///     whole in a piece.
    ///   - body: Given each piece; says whether there is to be another of the segment.
    /// - Throws: `FileError`.
    public func forEachLoadedPiece(
        of file: borrowing OpenFile, overlap: Int, _ body: (LoadedBytes) -> Bool
    ) throws(FileError) {
        for (segment, range) in loadRanges {
            try file.forEachPiece(of: max(file.pieceSize, 2 * overlap), in: range, overlap: overlap) { offset, bytes in
                body(LoadedBytes(bytes, at: offset, of: segment, from: range.lowerBound))
            }
        }
    }

    /// The addresses of those of some symbols that the symbol table of the open file defines.
    public func addresses(
        ofSymbols wanted: Set<String>, in file: borrowing OpenFile
    ) throws(ELFError) -> [String: UInt64] {
        try file.withHandle { $0.addresses(ofSymbols: wanted) }
    }

    /// Reads ranges, each byte once however often they overlap.
    private mutating func read(_ ranges: [Range<Int>], of file: borrowing OpenFile) throws(FileError) {
        var merged: [Range<Int>] = []
        for range in ranges.filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        for range in merged where content.bytes(in: range) == nil {
            content.add(try file.bytes(in: range), at: range.lowerBound)
        }
    }
}

extension OpenFile {
    /// Whether it begins with the ELF magic number.
    public func isELF() throws(FileError) -> Bool {
        guard size >= ELFHeader.magic.count else { return false }
        return try bytes(in: 0..<ELFHeader.magic.count) == ELFHeader.magic
    }

    /// Lends libelf's handle, which reads by the descriptor, for as long as a body runs.
    func withHandle<Value>(_ body: (borrowing LibelfHandle) throws(ELFError) -> Value) throws(ELFError) -> Value {
        try withDescriptor { (descriptor) throws(ELFError) in
            try body(try LibelfHandle(descriptor: descriptor.rawValue))
        }
    }
}
