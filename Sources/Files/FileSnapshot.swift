public import SystemPackage

/// The whole content of a regular file, read once, so that the same bytes are parsed, hashed and reported.
public struct FileSnapshot: Sendable {
    /// The whole content.
    public let bytes: [UInt8]
    /// The permission bits (`st_mode & 07777`).
    public let permissions: UInt32

    /// The default limit in bytes, 2 GiB: no program for a container is larger.
    public static let maximumSize = 2 << 30

    /// Reads a file; a symbolic link is followed.
    ///
    /// - Throws: `FileError` if it cannot be opened or read, is not a regular file, is larger than `maximumSize`, or changes
    ///   while it is read.
    public init(_ path: FilePath) throws(FileError) { try self.init(OpenFile(path)) }

    /// Reads an open file.
    ///
    /// - Throws: `FileError` if it cannot be read, or was changed since it was opened.
    public init(_ file: borrowing OpenFile) throws(FileError) {
        bytes = try file.bytes(in: 0..<file.size)
        permissions = file.permissions
        try file.checkUnchanged()
    }

    /// The content of a file as text; a symbolic link is followed.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - maximumSize: The largest size that is accepted, in bytes.
    /// - Throws: `FileError` if it cannot be read, or is not UTF-8.
    public static func text(_ path: FilePath, maximumSize: Int = maximumSize) throws(FileError) -> String {
        let snapshot = try FileSnapshot(OpenFile(path, maximumSize: maximumSize))
        guard let text = String(validating: snapshot.bytes, as: UTF8.self) else {
            throw FileError(path, .contentIsNotUTF8)
        }
        return text
    }
}
