public import Files
internal import SystemPackage

/// The bytes of a file, in memory or behind a descriptor. Readers read only the parts that they need.
package protocol ByteSource: ~Copyable {
    /// The size of the file in bytes.
    var size: Int { get }
    /// How many bytes a search reads at a time.
    var pieceSize: Int { get }
    /// Whether all bytes are in memory, so that reading more costs nothing.
    var isInMemory: Bool { get }

    /// The bytes of a range inside the file.
    func slice(_ range: Range<Int>) throws(FileError) -> ArraySlice<UInt8>

    /// Calls a body with each piece of a range and its offset in the file, until the body returns false.
    ///
    /// - Parameters:
    ///   - count: The size of a piece in bytes; the last is shorter.
    ///   - overlap: How many bytes before the end of a piece the next one begins; less than `count`.
    func forEachPiece(
        of count: Int, in range: Range<Int>, overlap: Int, _ body: (Int, ArraySlice<UInt8>) -> Bool
    ) throws(FileError)

    /// Calls a body with a libelf handle, which is closed afterwards.
    func withHandle<Value>(
        _ body: (borrowing LibelfHandle) throws(ELFError) -> Value
    ) throws(ELFError) -> Value
}

extension OpenFile: ByteSource {
    package var isInMemory: Bool { false }

    package func slice(_ range: Range<Int>) throws(FileError) -> ArraySlice<UInt8> { try bytes(in: range)[...] }

    package func withHandle<Value>(
        _ body: (borrowing LibelfHandle) throws(ELFError) -> Value
    ) throws(ELFError) -> Value {
        try withDescriptor { (descriptor) throws(ELFError) in
            try body(try LibelfHandle(descriptor: descriptor.rawValue))
        }
    }

    /// Whether the file begins with the ELF magic number.
    public func isELF() throws(FileError) -> Bool {
        guard size >= ELFHeader.magic.count else { return false }
        return try bytes(in: 0..<ELFHeader.magic.count) == ELFHeader.magic
    }
}

/// A whole file in memory.
package struct MemoryFile: ByteSource {
    /// All bytes of the file.
    package let bytes: [UInt8]
    package let pieceSize: Int

    /// Wraps the bytes of a file.
    ///
    /// - Parameter pieceSize: How many bytes a search reads at a time; nil for all.
    package init(_ bytes: [UInt8], pieceSize: Int? = nil) {
        self.bytes = bytes
        self.pieceSize = pieceSize ?? max(1, bytes.count)
    }

    package var size: Int { bytes.count }
    package var isInMemory: Bool { true }

    package func slice(_ range: Range<Int>) -> ArraySlice<UInt8> { bytes[range.clamped(to: 0..<bytes.count)] }

    package func forEachPiece(
        of count: Int, in range: Range<Int>, overlap: Int, _ body: (Int, ArraySlice<UInt8>) -> Bool
    ) {
        let range = range.clamped(to: 0..<bytes.count)
        var start = range.lowerBound
        while start < range.upperBound {
            let end = min(range.upperBound, start + count)
            guard body(start, bytes[start..<end]) else { return }
            start = end == range.upperBound ? end : end - overlap
        }
    }

    package func withHandle<Value>(
        _ body: (borrowing LibelfHandle) throws(ELFError) -> Value
    ) throws(ELFError) -> Value {
        try unsafe bytes.span.withUnsafeBytes { (buffer) throws(ELFError) -> Value in
            try body(try unsafe LibelfHandle(buffer))
        }
    }
}
