public import SystemPackage

/// What tells a file from every other: its device and its number there, with its mode.
public struct FileIdentity: Sendable, Hashable {
    /// The device.
    public let device: UInt64
    /// The inode.
    public let inode: UInt64
    /// Type and permission bits (`st_mode`).
    public let mode: FileMode

    /// Asks for the identity of what a path names itself, a symbolic link too; nil if there is nothing.
    public init?(of path: FilePath) {
        guard let status = try? path.stat(followTargetSymlink: false) else { return nil }
        device = UInt64(status.deviceID.rawValue)
        inode = UInt64(status.inode.rawValue)
        mode = status.mode
    }

    /// Whether it is a regular file that its owner may execute, without setuid and its like.
    public var isPlainProgram: Bool {
        mode.type == .regular && mode.permissions.rawValue & 0o7100 == 0o100
    }
}
