import ELF
import Files
import SystemPackage

/// The path below the target folder for each file. Finds every conflict before anything is written, so that the target
/// holds the admitted programs and no others.
struct CopyPlan: Sendable {
    /// The folder, absolute.
    let target: FilePath
    private let files: [FileTargets.File]

    /// Plans the copies of some files.
    ///
    /// - Throws: `CopyError` if two files have one target, or the target holds a program that this run does not put there;
    ///   `OutputError` for a link below the target; `FileError` if the target cannot be searched.
    init(of files: [FileTargets.File], to target: FilePath, in folder: FilePath) async throws {
        self.target = target
        self.files = files
        try checkTargets(from: folder)
        for file in files { try Folder.checkNoLink(in: file.relative, below: target) }
        guard target.isFolder else { return }
        StagingFolder.removeLeftovers(in: target)
        try await checkPrograms()
    }

    /// Checks that no two files have the same target. A file that is named twice counts once.
    private func checkTargets(from folder: FilePath) throws(CopyError) {
        var sources: [FilePath: FilePath] = [:]
        for file in files {
            let source = folder.pushing(file.path).lexicallyNormalized()
            if let other = sources[file.relative], folder.pushing(other).lexicallyNormalized() != source {
                throw .oneTarget(target.pushing(file.relative), other, file.path)
            }
            sources[file.relative] = file.path
        }
        for file in files {
            var parent = file.relative.removingLastComponent()
            while !parent.isEmpty {
                if let other = sources[parent] { throw .belowFile(target.pushing(file.relative), file.path, other) }
                parent.removeLastComponent()
            }
        }
    }

    /// Checks that the target holds no other program, also not behind a link.
    private func checkPrograms() async throws {
        let own = Set(files.map { target.pushing($0.relative) })
        let tree = try await ELFSearch(below: target, width: ParallelFiles.width) { _ in }
        if let error = tree.errors.first { throw error }
        if let link = tree.folderLinks.first { throw OutputError(link, .isLink) }
        if let stray = tree.files.first(where: { !own.contains($0) }) { throw CopyError.otherProgram(stray) }
    }
}

/// Why nothing is copied, or not everything.
enum CopyError: Error, Sendable, CustomStringConvertible {
    /// Two files would be copied to one path.
    case oneTarget(FilePath, FilePath, FilePath)
    /// A file would be copied to a path below that of another file.
    case belowFile(FilePath, FilePath, FilePath)
    /// The target holds a program that is not among the copies.
    case otherProgram(FilePath)
    /// A copy failed, and the file that was there before could not be put back.
    case notPutBack(FilePath, backup: FilePath, cause: String)

    /// What is wrong, and what to do.
    var description: String {
        switch self {
        case .oneTarget(let path, let first, let second):
            "--copy-to: \(first) and \(second) would both be \(path), and one would be lost; rename one of them, or copy a "
                + "folder that holds both"
        case .belowFile(let path, let file, let other):
            "--copy-to: \(file) cannot be \(path), because \(other) is a file above it; copy them to different folders"
        case .otherProgram(let path):
            "\(path): the folder of --copy-to holds a program that this run does not put there, so it may be unverified; "
                + "remove it, or copy to a new folder"
        case .notPutBack(let path, let backup, let cause):
            "\(cause); the old \(path) could not be put back and is now \(backup): move it before the next run, which "
                + "removes that folder"
        }
    }
}
