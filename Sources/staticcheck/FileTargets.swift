import ELF
import FoundationEssentials
import Reporting

/// The files that paths on the command line stand for: those that are named, and those in trees that are named.
struct FileTargets: Sendable {
    let files: [File]
    let problems: [Report.Problem]
    private let trees: [(path: String, range: Range<Int>)]

    struct File: Sendable {
        let path: String
        /// Whether it was named itself, so that it must be a program; in a tree other files are passed over.
        let isNamed: Bool
        /// Its path below the tree, or its name.
        let relative: String
    }

    /// Looks for files.
    ///
    /// - Parameter followsLinks: Whether in trees a link to a file counts as that file, and one to a folder, which is not
    ///   looked into, as a problem; else links are passed over.
    init(_ paths: [String], followsLinks: Bool = false) {
        var files: [File] = []
        var problems: [Report.Problem] = []
        var trees: [(path: String, range: Range<Int>)] = []
        for path in paths {
            guard FileTree.isFolder(path) else {
                let name = path.split(separator: "/").last.map(String.init) ?? path
                files.append(File(path: path, isNamed: true, relative: name))
                continue
            }
            let tree = FileTree(below: path)
            problems += tree.errors.map { .init(path: $0.path, message: $0.reason) }
            let links = followsLinks ? tree.links : []
            problems += links.filter(FileTree.isFolder).map {
                .init(path: $0, message: "is a link to a folder, which is not looked into")
            }
            let found = (tree.files + links.filter(FileTree.isFile)).sorted()
            trees.append((path, files.count..<files.count + found.count))
            files += found.map { file in
                let below = file.hasPrefix(path) ? file.dropFirst(path.count).drop { $0 == "/" } : file[...]
                return File(path: file, isNamed: false, relative: String(below))
            }
        }
        self.files = files
        self.problems = problems
        self.trees = trees
    }

    /// The trees in which every file was passed over.
    func emptyTrees(skipped: Set<Int>) -> [String] {
        trees.filter { $0.range.allSatisfy(skipped.contains) }.map(\.path)
    }
}

/// Works on files, as many side by side as there are cores.
enum ParallelFiles {
    /// The results, in the order of the files.
    static func map<Result: Sendable>(
        _ files: [FileTargets.File], _ body: @escaping @Sendable (FileTargets.File) async throws -> Result
    ) async throws -> [Result] {
        let width = min(files.count, ProcessInfo.processInfo.activeProcessorCount)
        return try await withThrowingTaskGroup(of: [(Int, Result)].self) { group in
            for lane in 0..<width {
                group.addTask {
                    var results: [(Int, Result)] = []
                    for index in stride(from: lane, to: files.count, by: width) {
                        try Task.checkCancellation()
                        results.append((index, try await body(files[index])))
                    }
                    return results
                }
            }
            var results: [(Int, Result)] = []
            while let lane = try await group.next() { results += lane }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}
