import ELF
import Files
import Reporting
import SystemPackage

/// The files that paths on the command line stand for: those that are named, which must be programs, and the ELF files in
/// trees that are named.
struct FileTargets: Sendable {
    let files: [File]
    let problems: [Report.Problem]
    /// The trees that hold no ELF file.
    let emptyTrees: [FilePath]

    struct File: Sendable {
        let path: FilePath
        /// Its path below the tree, or its name.
        let relative: FilePath
    }

    /// Looks for files.
    ///
    /// - Parameter followsLinks: Whether in trees a link to a file counts as that file, and one to a folder, which is not
    ///   looked into, as a problem; else links are passed over.
    init(_ paths: [FilePath], followsLinks: Bool = false, line: inout LiveLine) async throws {
        var files: [File] = []
        var problems: [Report.Problem] = []
        var emptyTrees: [FilePath] = []
        for path in paths {
            guard path.isFolder else {
                files.append(File(path: path, relative: path.lastComponent.map { FilePath($0.string) } ?? path))
                continue
            }
            let tree = try await ELFSearch(below: path, followsLinks: followsLinks, width: ParallelFiles.width) {
                count in
                line.show("\(count) files looked at")
            }
            problems += tree.errors.map { .init(path: $0.path.string, message: $0.reason) }
            problems += tree.folderLinks.map {
                .init(path: $0.string, message: "is a link to a folder, which is not looked into")
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
}
