import ELF
import Files
import Reporting
import SystemPackage

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
    /// - Parameter followsLinks: Whether a link to a file in a folder counts as that file, and a link to a folder, which
    ///   is not searched, as a problem. Otherwise links are skipped.
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
            if tree.files.isEmpty { emptyTrees.append(path) }
            files += tree.files.map { file in
                var below = file
                _ = below.removePrefix(path)
                return File(path: file, relative: below)
            }
        }
        self.files = files
        self.problems = problems
        self.emptyTrees = emptyTrees
    }

    /// A problem for each folder without an ELF file: nothing to do there is more likely a wrong path than success.
    func problemsOfEmptyTrees(_ consequence: String) -> [Report.Problem] {
        emptyTrees.map { .init(path: $0.string, message: "no ELF file in this folder, so \(consequence)") }
    }
}
