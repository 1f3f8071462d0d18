#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The regular files below a folder.
public struct FileTree: Sendable {
    /// The files, in the order of their names.
    public let files: [String]
    /// The links, which are not followed, in the order of their names.
    public let links: [String]
    /// What could not be looked into.
    public let errors: [FileError]

    /// Whether a path is a folder, following links.
    public static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether a path is a regular file, following links.
    public static func isFile(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Walks a folder. Links are not followed, so a loop ends nothing; FIFOs, sockets and devices are passed over.
    public init(below root: String) {
        var files: [String] = []
        var links: [String] = []
        var errors: [FileError] = []
        var folders = [root]
        while let folder = folders.popLast() {
            do throws(FileError) {
                let prefix = folder.hasSuffix("/") ? folder : folder + "/"
                for (name, kind) in try FileTree.entries(of: folder) {
                    guard let name else {
                        errors.append(
                            FileError(prefix + "?", "holds a name that is not UTF-8; rename it to have it checked"))
                        continue
                    }
                    if kind == S_IFDIR { folders.append(prefix + name) }
                    if kind == S_IFREG { files.append(prefix + name) }
                    if kind == S_IFLNK { links.append(prefix + name) }
                }
            } catch {
                errors.append(error)
            }
        }
        self.files = files.sorted()
        self.links = links.sorted()
        self.errors = errors
    }

    /// The names in a folder, nil for one that is not UTF-8, with the kind of file (`st_mode & S_IFMT`).
    private static func entries(of folder: String) throws(FileError) -> [(name: String?, kind: mode_t)] {
        guard let stream = unsafe opendir(folder) else { throw FileError(folder, "open", errno: errno) }
        defer { unsafe closedir(stream) }
        var entries: [(String?, mode_t)] = []
        errno = 0
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(validatingCString: $0) }
            }
            if name == "." || name == ".." { continue }
            // A file system that does not know leaves d_type at 0: then the file itself is asked.
            let type = mode_t(unsafe entry.pointee.d_type)
            let kind = type != 0 ? type << 12 : name.map { FileTree.kind(of: folder + "/" + $0) } ?? S_IFREG
            entries.append((name, kind))
            errno = 0
        }
        guard errno == 0 else { throw FileError(folder, "read", errno: errno) }
        return entries
    }

    private static func kind(of path: String) -> mode_t {
        var status = stat()
        return unsafe lstat(path, &status) == 0 ? status.st_mode & S_IFMT : S_IFREG
    }
}
