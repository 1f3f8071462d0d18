public import SystemPackage

/// A run of bytes in a file, read when they are asked for. The file stays open as long as a run of it exists.
public struct StoredBytes: Sendable {
    /// How many bytes the run has.
    public let count: Int
    private let file: SharedFile
    private let offset: Int

    /// More bytes than any archive of images has, as a limit on what is opened.
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

    /// All bytes of a file that has no name any more.
    init(unnamed descriptor: FileDescriptor) throws(FileError) {
        let file = SharedFile(
            try OpenFile(descriptor, "decompressed bytes", maximumSize: StoredBytes.maximumSize))
        self.init(file, offset: 0, count: file.open.size)
    }

    /// A run of some bytes of this one; it may reach beyond the end, which is found when it is read.
    public func run(at start: Int, count: Int) -> StoredBytes {
        StoredBytes(file, offset: offset + start, count: count)
    }

    /// Some bytes of the run; fewer at its end.
    ///
    /// - Throws: `FileError` if they cannot be read, or the file is shorter than the run.
    public func bytes(at start: Int, count wanted: Int) throws(FileError) -> [UInt8] {
        let length = max(0, min(wanted, count - start))
        return try file.open.bytes(in: offset + start..<offset + start + length)
    }

    /// All of it.
    ///
    /// - Throws: `FileError` if it has more bytes than the limit.
    public func all(limit: Int) throws(FileError) -> [UInt8] {
        guard count <= limit else { throw FileError(file.open.path, .tooLarge(limit: limit)) }
        return try bytes(at: 0, count: count)
    }

    /// Hands over all of it, a piece after the other.
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

/// An open file that several runs of bytes share; it is closed with the last of them.
private final class SharedFile: Sendable {
    let open: OpenFile

    init(_ open: consuming OpenFile) { self.open = open }
}
