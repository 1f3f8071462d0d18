public import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Renames within one file system, replacing what is there.
public func rename(_ from: FilePath, _ to: FilePath) throws(Errno) {
    let result = from.withPlatformString { source in to.withPlatformString { rename(source, $0) } }
    if result != 0 { throw Errno(rawValue: errno) }
}

/// Gives a file a second name on the same file system.
public func link(_ file: FilePath, as name: FilePath) throws(Errno) {
    let result = file.withPlatformString { source in name.withPlatformString { link(source, $0) } }
    if result != 0 { throw Errno(rawValue: errno) }
}

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

/// Removes a file.
public func remove(_ path: FilePath) throws(Errno) {
    if path.withPlatformString({ unlink($0) }) != 0 { throw Errno(rawValue: errno) }
}

/// Folders.
public enum Folder {
    /// Makes a hidden folder with a name of its own, for what is not finished.
    ///
    /// - Throws: `OutputError` with the path and the system's reason.
    public static func createStaging(in folder: FilePath) throws(OutputError) -> FilePath {
        let staging = folder.appending(TemporaryName.make(".staticcheck-"))
        try create(staging)
        return staging
    }

    /// Makes a folder and those above it; one that is there already is as good.
    ///
    /// - Throws: `OutputError` with the path and the system's reason.
    public static func create(_ path: FilePath) throws(OutputError) {
        var failure = make(path)
        if failure == .noSuchFileOrDirectory, path.removingLastComponent() != path {
            try create(path.removingLastComponent())
            failure = make(path)
        }
        guard let failure, !(failure == .fileExists && isFolder(path)) else { return }
        throw OutputError(path: path, action: "create the folder", reason: "\(failure)")
    }

    private static func make(_ path: FilePath) -> Errno? {
        path.withPlatformString { mkdir($0, 0o777) } == 0 ? nil : Errno(rawValue: errno)
    }

    private static func isFolder(_ path: FilePath) -> Bool {
        var status = stat()
        return path.withPlatformString { stat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
