import ELF
import Files
import GoToolchain
import Reporting
import SystemPackage
import Text

/// The files that some paths mean: files that are named, which must be programs, and the ELF files in folders.
struct FileTargets: Sendable {
    private(set) var files: [File] = []
    private(set) var problems: [Report.Problem] = []
    /// Folders without an ELF file.
    private(set) var emptyTrees: [FilePath] = []
    /// Links that were skipped and lead to ELF files outside the folder that was named.
    private(set) var skippedPrograms: [FilePath] = []

    struct File: Sendable {
        let path: FilePath
        /// The path below the folder that was named, or the file's name.
        let relative: FilePath
    }

    /// What becomes of the symbolic links in a folder.
    enum LinkTreatment: Sendable {
        /// They are skipped.
        case skipped
        /// A link to a file in the same folder, or below it, counts as that file. Others are skipped.
        case followedInside
        /// A link to a file counts as that file. A link to a folder, which is not searched, and a link that leads out of the folder
        /// that was named, are problems.
        case followed
    }

    /// Looks for files.
    init(_ paths: [FilePath], links treatment: LinkTreatment, listener: any Listener) async throws {
        for path in paths {
            guard path.isFolder else {
                files.append(File(path: path, relative: path.lastComponent.map { FilePath($0.string) } ?? path))
                continue
            }
            let tree = try await ELFSearch(below: path, width: ParallelFiles.width) {
                listener.files(.searched($0))
            }
            add(tree, of: path, treatment)
        }
    }

    private mutating func add(_ tree: ELFSearch, of folder: FilePath, _ treatment: LinkTreatment) {
        let all = Set(tree.links)
        // Elsewhere only links to programs matter, and a tree like /usr has thousands of others.
        let relevant = treatment == .followed ? tree.links : tree.files.filter(all.contains)
        let (leadingOut, toNothing) = FileTargets.links(leadingOutOf: folder, among: relevant)
        let strays = leadingOut.subtracting(tree.folderLinks)
        let passedOver = treatment == .skipped ? all : strays
        let programs = tree.files.filter { !passedOver.contains($0) }
        if programs.isEmpty { emptyTrees.append(folder) }
        files += programs.map { file in
            var below = file
            _ = below.removePrefix(folder)
            return File(path: file, relative: below)
        }
        let errors = treatment == .followed ? tree.errors : tree.errors.filter { !all.contains($0.path) }
        problems += errors.map { .init(path: $0.path.string, message: $0.reason) }
        guard treatment == .followed else {
            skippedPrograms += tree.files.filter(strays.contains)
            return
        }
        problems += tree.folderLinks.map {
            .init(path: $0.string, message: "link to a folder, which is not searched")
        }
        problems += toNothing.sorted { $0.string < $1.string }.map {
            .init(path: $0.string, message: "link to nothing, so what it will lead to is not known")
        }
        problems += strays.sorted { $0.string < $1.string }.map {
            .init(path: $0.string, message: FileError($0, .leadsOut(of: folder)).reason)
        }
    }

    /// A folder as go takes it for a package.
    private static func pattern(_ folder: FilePath) -> String {
        let text = folder.string
        return (folder.isAbsolute || text.hasPrefix(".") ? text : "./" + text).shellQuoted
    }

    /// The links that lead out of a folder, and those that lead to nothing.
    private static func links(
        leadingOutOf folder: FilePath, among links: [FilePath]
    ) -> (out: Set<FilePath>, toNothing: [FilePath]) {
        let root = links.isEmpty ? nil : folder.resolved
        var out: Set<FilePath> = []
        var toNothing: [FilePath] = []
        for link in links {
            if let place = link.resolved {
                if let root, !place.starts(with: root) { out.insert(link) }
            } else {
                toNothing.append(link)
            }
        }
        return (out, toNothing)
    }

    /// A problem for each folder without an ELF file, which is probably a wrong path.
    func problemsOfEmptyTrees(_ consequence: String) -> [Report.Problem] {
        emptyTrees.map { folder in
            let isPackage = SourceFolder(folder).hasSources
            let hint = isPackage ? "; to build and verify its package: staticcheck \(FileTargets.pattern(folder))" : ""
            return .init(path: folder.string, message: "no ELF file in this folder, so \(consequence)\(hint)")
        }
    }

    /// What to tell of links that were skipped; nil if there is nothing to tell.
    var noteOnSkippedPrograms: String? {
        guard let first = skippedPrograms.first else { return nil }
        let count = skippedPrograms.count
        let (what, verb) =
            count == 1 ? ("1 symbolic link to a program", "was") : ("\(count) symbolic links to programs", "were")
        return
            "note: \(what) outside the folder \(verb) not verified: \(first.string.printable)\(count > 1 ? ", …" : "")"
    }
}
