import ELF
import Reporting

/// The files that paths on the command line stand for: those that are named, which must be programs, and the ELF files in
/// trees that are named.
struct FileTargets: Sendable {
    let files: [File]
    let problems: [Report.Problem]
    /// The trees that hold no ELF file.
    let emptyTrees: [String]

    struct File: Sendable {
        let path: String
        /// Its path below the tree, or its name.
        let relative: String
    }

    /// Looks for files.
    ///
    /// - Parameter followsLinks: Whether in trees a link to a file counts as that file, and one to a folder, which is not
    ///   looked into, as a problem; else links are passed over.
    init(_ paths: [String], followsLinks: Bool = false, line: inout LiveLine) async throws {
        var files: [File] = []
        var problems: [Report.Problem] = []
        var emptyTrees: [String] = []
        for path in paths {
            guard FileTree.isFolder(path) else {
                let name = path.split(separator: "/").last.map(String.init) ?? path
                files.append(File(path: path, relative: name))
                continue
            }
            let tree = try await ELFSearch(below: path, followsLinks: followsLinks, width: ParallelFiles.width) {
                count in
                line.show("\(count) files looked at")
            }
            problems += tree.errors.map { .init(path: $0.path, message: $0.reason) }
            problems += tree.folderLinks.map {
                .init(path: $0, message: "is a link to a folder, which is not looked into")
            }
            if tree.files.isEmpty { emptyTrees.append(path) }
            files += tree.files.map { file in
                let below = file.hasPrefix(path) ? file.dropFirst(path.count).drop { $0 == "/" } : file[...]
                return File(path: file, relative: String(below))
            }
        }
        self.files = files
        self.problems = problems
        self.emptyTrees = emptyTrees
    }
}
