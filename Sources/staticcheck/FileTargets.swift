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
    /// Files that one task works on before it takes the next: few, so that no core is idle in the end.
    private static let run = 8

    /// The results, in the order of the files.
    static func map<Result: Sendable>(
        _ files: [FileTargets.File], _ body: @escaping @Sendable (FileTargets.File) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: (start: Int, results: [Result]).self) { group in
            var next = 0
            func startNext() {
                let range = next..<min(next + run, files.count)
                guard !range.isEmpty else { return }
                next = range.upperBound
                group.addTask {
                    var results: [Result] = []
                    for file in files[range] {
                        try Task.checkCancellation()
                        results.append(try await body(file))
                    }
                    return (range.lowerBound, results)
                }
            }
            for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { startNext() }
            var runs: [(start: Int, results: [Result])] = []
            while let done = try await group.next() {
                runs.append(done)
                startNext()
            }
            return runs.sorted { $0.start < $1.start }.flatMap(\.results)
        }
    }
}
