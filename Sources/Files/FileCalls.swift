internal import Glibc
public import SystemPackage

/// Renames a file within one file system. A file at the new path is replaced.
///
/// - Throws: `OutputError` with the new path.
public func rename(_ from: FilePath, _ to: FilePath) throws(OutputError) {
    let result = unsafe from.withPlatformString { source in unsafe to.withPlatformString { unsafe rename(source, $0) } }
    if result != 0 { throw OutputError(to, .write, Errno(rawValue: errno)) }
}

/// Gives a file a second name on the same file system; a symbolic link is not followed.
///
/// - Throws: `OutputError` with the new name.
public func link(_ file: FilePath, as name: FilePath) throws(OutputError) {
    let result = unsafe file.withPlatformString { source in unsafe name.withPlatformString { unsafe link(source, $0) } }
    if result != 0 { throw OutputError(name, .link, Errno(rawValue: errno)) }
}

/// Removes a file or a symbolic link, which is not followed. For folders see ``Folder/removeTree(_:)``.
///
/// - Throws: `OutputError` with the path.
public func remove(_ path: FilePath) throws(OutputError) {
    if unsafe path.withPlatformString({ unsafe unlink($0) }) != 0 {
        throw OutputError(path, .remove, Errno(rawValue: errno))
    }
}

/// Adds bytes to the end of a file, which is created if it does not exist.
///
/// - Throws: `OutputError` with the path and the system's reason.
public func append(_ bytes: some Sequence<UInt8>, to path: FilePath) throws(OutputError) {
    do {
        let descriptor = try FileDescriptor.open(
            path, .writeOnly, options: [.append, .create, .closeOnExec],
            permissions: [.ownerReadWrite, .groupRead, .otherRead])
        try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
    } catch {
        throw OutputError(path, .write, error)
    }
}

extension FileDescriptor {
    /// Creates a file that must not exist.
    ///
    /// - Parameters:
    ///   - path: The file. A symbolic link at the path is not followed (open(2), O_EXCL).
    ///   - permissions: The permission bits, less the process's umask.
    ///   - mode: Whether the file is written only, or read too.
    static func create(
        _ path: FilePath, permissions: UInt32, _ mode: AccessMode = .writeOnly
    ) throws -> FileDescriptor {
        try open(
            path, mode, options: [.create, .exclusiveCreate, .closeOnExec],
            permissions: FilePermissions(rawValue: CModeT(permissions)))
    }
}

extension FilePath {
    /// Whether there is anything at the path; a symbolic link that leads nowhere counts as nothing.
    public var exists: Bool { kind != nil }

    /// Whether the path names a folder, links followed.
    public var isFolder: Bool { kind == .directory }

    /// Whether the path names a regular file, links followed.
    public var isFile: Bool { kind == .regular }

    /// Whether the path names a regular file, links followed, that this process may execute.
    public var isProgram: Bool { unsafe withPlatformString { unsafe access($0, X_OK) } == 0 && isFile }

    /// The size in bytes of the regular file at the path, links followed; nil if there is none.
    public var fileSize: Int? { (try? stat()).flatMap { $0.type == .regular ? Int($0.size) : nil } }

    /// When the file was last written, in seconds since 1970, links followed; nil if there is none.
    public var writeTime: Int? { (try? stat()).map { $0.st_mtim.tv_sec } }

    /// The absolute path without symbolic links, `.` and `..`, as realpath(3) finds it; nil if there is nothing at the path.
    public var resolved: FilePath? {
        unsafe withPlatformString { path in
            guard let text = unsafe realpath(path, nil) else { return nil }
            defer { unsafe free(text) }
            return unsafe FilePath(platformString: text)
        }
    }

    private var kind: FileType? { try? stat().type }
}
