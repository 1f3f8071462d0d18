public import SystemPackage

/// A regular file read once, whole, into memory: what is parsed, hashed and reported is the same bytes.
public struct FileSnapshot: Sendable {
    /// The whole content.
    public let bytes: [UInt8]
    /// The permission bits (`st_mode & 07777`).
    public let permissions: UInt32

    /// Larger files are refused: no program for a container is that big.
    public static let maximumSize = 2 << 30

    /// Reads a file; a symbolic link is followed.
    ///
    /// - Throws: `FileError`, with the path and the system's reason; or where the file changes while it is read.
    public init(_ path: FilePath) throws(FileError) { try self.init(OpenFile(path)) }

    /// Reads a file that is open.
    public init(_ file: borrowing OpenFile) throws(FileError) {
        bytes = try file.bytes(in: 0..<file.size)
        permissions = file.permissions
        try file.checkUnchanged()
    }

    /// The content as text.
    ///
    /// - Throws: `FileError` if it is not UTF-8.
    public static func text(_ path: FilePath, maximumSize: Int = maximumSize) throws(FileError) -> String {
        let snapshot = try FileSnapshot(OpenFile(path, maximumSize: maximumSize))
        guard let text = String(validating: snapshot.bytes, as: UTF8.self) else {
            throw FileError(path, .contentIsNotUTF8)
        }
        return text
    }
}
