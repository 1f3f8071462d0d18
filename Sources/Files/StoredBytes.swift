public import SystemPackage

/// A range of bytes in a file, read on demand. The file stays open as long as a range of it exists.
public struct StoredBytes: Sendable {
    /// The number of bytes.
    public let count: Int
    private let file: SharedFile
    private let offset: Int

    /// The limit on what is opened, in bytes: more than any image archive has.
    private static let maximumSize = 1 << 50

    private init(_ file: SharedFile, offset: Int, count: Int) {
        self.file = file
        self.offset = offset
        self.count = count
    }

    /// All bytes of a regular file.
    ///
    /// - Throws: `FileError` with the path and the system's reason.
    public init(_ path: FilePath) throws(FileError) {
        let file = SharedFile(try OpenFile(path, maximumSize: StoredBytes.maximumSize))
        self.init(file, offset: 0, count: file.open.size)
    }

    /// All bytes of a file whose name was removed.
    init(unnamed descriptor: FileDescriptor) throws(FileError) {
        let file = SharedFile(
            try OpenFile(descriptor, "decompressed bytes", maximumSize: StoredBytes.maximumSize))
        self.init(file, offset: 0, count: file.open.size)
    }

    /// A part of this range. It may reach beyond the end; that is an error when it is read.
    public func run(at start: Int, count: Int) -> StoredBytes {
        StoredBytes(file, offset: offset + start, count: count)
    }

    /// Some bytes of the range; fewer at its end.
    ///
    /// - Throws: `FileError` if they cannot be read, or the file is shorter than the range.
    public func bytes(at start: Int, count wanted: Int) throws(FileError) -> [UInt8] {
        let length = max(0, min(wanted, count - start))
        return try file.open.bytes(in: offset + start..<offset + start + length)
    }

    /// All bytes.
    ///
    /// - Throws: `FileError` if there are more than the limit, or they cannot be read.
    public func all(limit: Int) throws(FileError) -> [UInt8] {
        guard count <= limit else { throw FileError(file.open.path, .tooLarge(limit: limit)) }
        return try bytes(at: 0, count: count)
    }

    /// Calls a body with all bytes in pieces of 256 KiB; the last piece is shorter.
    ///
    /// - Throws: `FileError` if a piece cannot be read; `CancellationError`; what the body throws.
    public func stream(_ receive: ([UInt8]) throws -> Void) throws {
        var place = 0
        while place < count {
            try Task.checkCancellation()
            let piece = try bytes(at: place, count: 1 << 18)
            try receive(piece)
            place += piece.count
        }
    }
}

/// An open file that several ranges share. It is closed with the last of them.
private final class SharedFile: Sendable {
    let open: OpenFile

    init(_ open: consuming OpenFile) { self.open = open }
}
