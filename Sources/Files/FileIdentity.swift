public import SystemPackage

/// What identifies a file: its device and inode, together with its mode.
public struct FileIdentity: Sendable, Hashable {
    /// The device that holds the file (`st_dev`).
    public let device: UInt64
    /// The number of the file on its device (`st_ino`).
    public let inode: UInt64
    /// Type and permission bits (`st_mode`).
    public let mode: FileMode

    /// The identity of what a path names, without following a symbolic link; nil if there is nothing.
    public init?(of path: FilePath) {
        guard let status = try? path.stat(followTargetSymlink: false) else { return nil }
        device = UInt64(status.deviceID.rawValue)
        inode = UInt64(status.inode.rawValue)
        mode = status.mode
    }

    /// Whether it is a regular file that its owner may execute, without setuid, setgid and sticky bits.
    public var isPlainProgram: Bool {
        mode.type == .regular && mode.permissions.rawValue & 0o7100 == 0o100
    }
}
