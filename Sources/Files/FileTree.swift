public import SystemPackage

/// The regular files below a folder.
public struct FileTree: Sendable {
    /// The files, in the order of their names.
    public let files: [FilePath]
    /// The links, which are not followed, in the order of their names.
    public let links: [FilePath]
    /// What could not be looked into.
    public let errors: [FileError]

    /// Walks a folder. Links are not followed, so a loop ends nothing; FIFOs, sockets and devices are passed over.
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
