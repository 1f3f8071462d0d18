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

/// Removes a file.
public func remove(_ path: FilePath) throws(Errno) {
    if path.withPlatformString({ unlink($0) }) != 0 { throw Errno(rawValue: errno) }
}

/// Folders.
public enum Folder {
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
