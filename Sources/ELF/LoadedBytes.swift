package import Files

/// Bytes of a file that the kernel loads.
public struct LoadedBytes: Sendable {
    /// The virtual address of the first byte.
    public let address: UInt64
    /// The offset of the first byte in the file.
    public let offset: Int
    /// The permissions of their segment.
    public let flags: Segment.Flags
    /// The bytes in the file.
    public let bytes: ArraySlice<UInt8>
}

/// The range of a file that one PT_LOAD maps.
package struct LoadedRange: Sendable {
    /// The program header.
    package let segment: Segment
    /// The range in the file.
    package let range: Range<Int>

    /// Reads from an offset in the file to the end of the range, at most `count` bytes.
    package func bytes<Source: ByteSource & ~Copyable>(
        from offset: Int, count: Int = .max, of source: borrowing Source
    ) throws(FileError) -> LoadedBytes {
        let part = (offset..<max(offset, range.upperBound)).prefix(count)
        return LoadedBytes(try source.slice(part), at: offset, of: self)
    }

    /// Calls a body with each piece of the range, so that only one piece at a time is in memory.
    ///
    /// - Parameters:
    ///   - overlap: How many bytes before the end of a piece the next one begins. A run of at most this many bytes is
    ///     whole in some piece.
    ///   - body: Returns whether it wants the next piece.
    package func forEachPiece<Source: ByteSource & ~Copyable>(
        of source: borrowing Source, overlap: Int, _ body: (LoadedBytes) -> Bool
    ) throws(FileError) {
        try source.forEachPiece(of: max(source.pieceSize, 2 * overlap), in: range, overlap: overlap) { offset, bytes in
            body(LoadedBytes(bytes, at: offset, of: self))
        }
    }
}

extension LoadedBytes {
    fileprivate init(_ bytes: ArraySlice<UInt8>, at offset: Int, of load: LoadedRange) {
        self.init(
            address: load.segment.address &+ UInt64(offset - load.range.lowerBound), offset: offset,
            flags: load.segment.flags, bytes: bytes)
    }
}
