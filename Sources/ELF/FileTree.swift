internal import Glibc

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
        while let path = folders.popLast() {
            do throws(FileError) {
                let folder = try FolderStream(path)
                try folder.forEachEntry { entry in
                    switch entry {
                    case .file(let name): FileTree.add(name, in: folder, to: &files, &errors)
                    case .link(let name): FileTree.add(name, in: folder, to: &links, &errors)
                    case .folder(let name): FileTree.add(name, in: folder, to: &folders, &errors)
                    }
                }
            } catch {
                errors.append(error)
            }
        }
        self.files = files.sorted()
        self.links = links.sorted()
        self.errors = errors
    }

    private static func add(
        _ name: FolderStream.Name, in folder: borrowing FolderStream, to paths: inout [String],
        _ errors: inout [FileError]
    ) {
        do throws(FileError) { paths.append(try folder.path(of: name)) } catch { errors.append(error) }
    }
}
