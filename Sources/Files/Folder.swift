internal import Glibc
public import SystemPackage

/// Creates, lists and removes folders.
public enum Folder {
    /// Creates a hidden folder with a unique name, for files that are not finished yet.
    ///
    /// - Throws: `OutputError` with the path and the system's reason.
    public static func createStaging(in folder: FilePath) throws(OutputError) -> FilePath {
        let staging = folder.appending(TemporaryName.make(".staticcheck-"))
        try create(staging)
        return staging
    }

    /// Creates a folder and its missing parents. A folder that already exists is left as it is.
    ///
    /// - Parameters:
    ///   - path: The folder.
    ///   - permissions: The permission bits of the new folders, less the process's umask.
    /// - Throws: `OutputError` with the path and the system's reason.
    public static func create(_ path: FilePath, permissions: UInt32 = 0o777) throws(OutputError) {
        var failure = make(path, permissions)
        if failure == .noSuchFileOrDirectory, path.removingLastComponent() != path {
            try create(path.removingLastComponent(), permissions: permissions)
            failure = make(path, permissions)
        }
        guard let failure, !(failure == .fileExists && path.isFolder) else { return }
        throw OutputError(path, .createFolder, failure)
    }

    /// Creates one folder; that it already exists is an error.
    static func createNew(_ path: FilePath, permissions: UInt32) throws(OutputError) {
        if let failure = make(path, permissions) { throw OutputError(path, .createTemporary, failure) }
    }

    /// The names in a folder, of every kind of entry, in byte order.
    ///
    /// - Throws: `FileError` if the folder cannot be listed.
    public static func names(in folder: FilePath) throws(FileError) -> [FilePath.Component] {
        try FolderStream(folder).names().sorted { $0.string < $1.string }
    }

    /// Removes a folder with everything below it, or a file. Symbolic links are removed, not followed.
    ///
    /// Nothing at the path is fine too.
    ///
    /// - Throws: `OutputError` with the first path that could not be removed; some entries may be gone by then.
    public static func removeTree(_ path: FilePath) throws(OutputError) {
        guard let identity = FileIdentity(of: path) else { return }
        guard identity.mode.type == .directory else { return try remove(path) }
        let names: [FilePath.Component]
        do throws(FileError) { names = try self.names(in: path) } catch {
            guard case .system(_, let code) = error.fault else { throw OutputError(path, .remove, Errno.ioError) }
            throw OutputError(path, .remove, code)
        }
        for name in names { try removeTree(path.appending(name)) }
        if unsafe path.withPlatformString({ unsafe rmdir($0) }) != 0 {
            throw OutputError(path, .remove, Errno(rawValue: errno))
        }
    }

    private static func make(_ path: FilePath, _ permissions: UInt32) -> Errno? {
        unsafe path.withPlatformString { unsafe mkdir($0, permissions) } == 0 ? nil : Errno(rawValue: errno)
    }
}

/// Searches upwards for the root of a module, workspace or repository.
public enum FolderSearch {
    /// The nearest folder that holds an entry with a name: the given folder, or one of its parents. nil if there is none.
    ///
    /// - Parameters:
    ///   - name: The name of the entry, for example `go.mod`.
    ///   - folder: An absolute path.
    public static func nearest(_ name: String, from folder: FilePath) -> FilePath? {
        var current = folder.lexicallyNormalized()
        repeat {
            if current.appending(name).exists { return current }
        } while current.removeLastComponent()
        return nil
    }
}
