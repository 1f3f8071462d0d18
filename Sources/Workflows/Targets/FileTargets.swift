import ELF
import Files
import GoToolchain
import Reporting
import SystemPackage
import Text

/// The files that some paths mean: files that are named, which must be programs, and the ELF files in folders.
struct FileTargets: Sendable {
    let files: [File]
    let problems: [Report.Problem]
    /// Folders without an ELF file.
    let emptyTrees: [FilePath]

    struct File: Sendable {
        let path: FilePath
        /// The path below the folder that was named, or the file's name.
        let relative: FilePath
    }

    /// Looks for files.
    ///
    /// - Parameter followsLinks: Whether a link to a file in a folder counts as that file. A link to a folder, which is not
    ///   searched, and a link that leads out of the folder that was named, are problems then. Otherwise links are skipped.
    init(_ paths: [FilePath], followsLinks: Bool = false, listener: any Listener) async throws {
        var files: [File] = []
        var problems: [Report.Problem] = []
        var emptyTrees: [FilePath] = []
        for path in paths {
            guard path.isFolder else {
                files.append(File(path: path, relative: path.lastComponent.map { FilePath($0.string) } ?? path))
                continue
            }
            let tree = try await ELFSearch(below: path, followsLinks: followsLinks, width: ParallelFiles.width) {
                listener.files(.searched($0))
            }
            problems += tree.errors.map { .init(path: $0.path.string, message: $0.reason) }
            problems += tree.folderLinks.map {
                .init(path: $0.string, message: "link to a folder, which is not searched")
            }
            let strays = FileTargets.links(leadingOutOf: path, among: tree.links).subtracting(tree.folderLinks)
            problems += strays.sorted { $0.string < $1.string }.map {
                .init(path: $0.string, message: FileError($0, .leadsOut(of: path)).reason)
            }
            if tree.files.isEmpty { emptyTrees.append(path) }
            files += tree.files.filter { !strays.contains($0) }.map { file in
                var below = file
                _ = below.removePrefix(path)
                return File(path: file, relative: below)
            }
        }
        self.files = files
        self.problems = problems
        self.emptyTrees = emptyTrees
    }

    /// A folder as go takes it for a package.
    private static func pattern(_ folder: FilePath) -> String {
        let text = folder.string
        return (folder.isAbsolute || text.hasPrefix(".") ? text : "./" + text).shellQuoted
    }

    private static func links(leadingOutOf folder: FilePath, among links: [FilePath]) -> Set<FilePath> {
        guard !links.isEmpty, let root = folder.resolved else { return [] }
        return Set(links.filter { $0.resolved.map { !$0.starts(with: root) } ?? false })
    }

    /// A problem for each folder without an ELF file, which is probably a wrong path.
    func problemsOfEmptyTrees(_ consequence: String) -> [Report.Problem] {
        emptyTrees.map { folder in
            let isPackage = SourceFolder(folder).hasSources
            let hint = isPackage ? "; to build and verify its package: staticcheck \(FileTargets.pattern(folder))" : ""
            return .init(path: folder.string, message: "no ELF file in this folder, so \(consequence)\(hint)")
        }
    }
}
