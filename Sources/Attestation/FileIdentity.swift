import Glibc
public import SystemPackage

/// What tells a file from every other: its device and its number there, with its mode.
public struct FileIdentity: Sendable, Hashable {
    /// The device.
    public let device: UInt64
    /// The inode.
    public let inode: UInt64
    /// Type and permission bits (`st_mode`).
    public let mode: UInt32

    /// Asks for the identity of what a path names itself, a symbolic link too; nil where there is nothing.
    public init?(of path: FilePath) {
        var status = stat()
        guard path.withPlatformString({ lstat($0, &status) }) == 0 else { return nil }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        mode = UInt32(status.st_mode)
    }

    /// Whether it is a regular file that its owner may execute, without setuid and its like.
    public var isPlainProgram: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFREG) && mode & 0o7100 == 0o100 }
}
