internal import Glibc
public import SystemPackage

/// Creates, lists and removes folders.
public enum Folder {
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

    /// Creates the folders of a path below another folder, and follows no symbolic link there.
    ///
    /// - Parameters:
    ///   - relative: The path below `root`.
    ///   - root: A folder that exists. It may be a link itself.
    ///   - created: Gets the folders that did not exist, in the order in which they were created.
    /// - Throws: `OutputError` for a link or anything else in the way.
    public static func create(
        _ relative: FilePath, below root: FilePath, recordingIn created: inout [FilePath]
    ) throws(OutputError) {
        var path = root
        for component in relative.components {
            path.append(component)
            switch FileIdentity(of: path)?.mode.type {
            case .directory: continue
            case .symbolicLink: throw OutputError(path, .isLink)
            default: break
            }
            // Another run may have created the folder meanwhile.
            let failure = make(path, 0o777)
            if let failure, failure != .fileExists || FileIdentity(of: path)?.mode.type != .directory {
                throw OutputError(path, .system(.createFolder, failure))
            }
            if failure == nil { created.append(path) }
        }
    }

    /// Creates the folders of a path below another folder, and follows no symbolic link there.
    ///
    /// - Throws: `OutputError` for a link or anything else in the way.
    public static func create(_ relative: FilePath, below root: FilePath) throws(OutputError) {
        var created: [FilePath] = []
        try create(relative, below: root, recordingIn: &created)
    }

    /// Checks that no part of a path below a folder is a symbolic link. Parts that do not exist are fine.
    ///
    /// - Throws: `OutputError` with the first link.
    public static func checkNoLink(in relative: FilePath, below root: FilePath) throws(OutputError) {
        var path = root
        for component in relative.components {
            path.append(component)
            if FileIdentity(of: path)?.mode.type == .symbolicLink { throw OutputError(path, .isLink) }
        }
    }

    /// Creates one folder. It is an error if it already exists.
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
    /// It is not an error if nothing is at the path.
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
            // A link to nothing is an entry too: what it stands for must not be passed over in silence.
            if FileIdentity(of: current.appending(name)) != nil { return current }
        } while current.removeLastComponent()
        return nil
    }
}
