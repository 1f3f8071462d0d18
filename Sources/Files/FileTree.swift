public import SystemPackage

/// The regular files below a folder.
public struct FileTree: Sendable {
    /// The files, sorted by path.
    public let files: [FilePath]
    /// The symbolic links, which are not followed, sorted by path.
    public let links: [FilePath]
    /// The folders that could not be listed, and the names that are not UTF-8.
    public let errors: [FileError]

    /// Walks a folder. Symbolic links are not followed, so the walk always ends; FIFOs, sockets and devices are skipped.
    public init(below root: FilePath) {
        var files: [FilePath] = []
        var links: [FilePath] = []
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
        self.files = files.sorted { $0.string < $1.string }
        self.links = links.sorted { $0.string < $1.string }
        self.errors = errors
    }

    private static func add(
        _ name: FolderStream.Name, in folder: borrowing FolderStream, to paths: inout [FilePath],
        _ errors: inout [FileError]
    ) {
        do throws(FileError) { paths.append(try folder.path(of: name)) } catch { errors.append(error) }
    }
}
