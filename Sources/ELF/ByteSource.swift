public import Files
internal import SystemPackage

/// The bytes of a file that is in memory or open, of which the readers take only the parts that they need.
package protocol ByteSource: ~Copyable {
    /// The size of the file in bytes.
    var size: Int { get }
    /// How many bytes are looked at together when the file is searched.
    var pieceSize: Int { get }
    /// Whether all bytes are in memory, so that reading more costs nothing.
    var isInMemory: Bool { get }

    /// The bytes of a range that lies in the file.
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

    /// Whether it begins with the ELF magic number.
    public func isELF() throws(FileError) -> Bool {
        guard size >= ELFHeader.magic.count else { return false }
        return try bytes(in: 0..<ELFHeader.magic.count) == ELFHeader.magic
    }
}

/// A file that is in memory as a whole.
package struct MemoryFile: ByteSource {
    /// The file.
    package let bytes: [UInt8]
    package let pieceSize: Int

    /// Makes a source of a file's bytes.
    ///
    /// - Parameter pieceSize: How many bytes are looked at together when the file is searched; nil for all.
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
