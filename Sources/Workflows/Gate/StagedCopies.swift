import Attestation
import Files
import SystemPackage

/// Copies in a staging folder below their target, until all of them are admitted and may get their names.
struct StagedCopies: Sendable {
    private let target: FilePath
    private let staging: StagingFolder
    /// The target and the folders above it that this run creates, the target first.
    private let created: [FilePath]

    /// A file that does not have its name yet.
    struct Copy: Sendable {
        let staged: FilePath
        /// The path below the target.
        let name: FilePath
    }

    init(for plan: CopyPlan) throws(OutputError) {
        target = plan.target
        var missing: [FilePath] = []
        var folder = target
        while !folder.exists {
            missing.append(folder)
            guard folder.removeLastComponent() else { break }
        }
        created = missing
        staging = try StagingFolder(in: target)
    }

    /// Copies a file, without giving it its name.
    func stage(_ file: borrowing OpenFile, as name: FilePath) throws -> Copy {
        let staged = staging.path.appending(TemporaryName.make())
        try FileCopy.write(file, to: staged, permissions: file.permissions & 0o777)
        return Copy(staged: staged, name: name)
    }

    /// Gives each file its name. If one of them cannot get it, the target is as it was before.
    ///
    /// - Throws: `OutputError` of the file that could not get its name; `CopyError.notPutBack`.
    func commit(_ copies: [Copy]) throws {
        var undo = Undo()
        do {
            for copy in copies { try place(copy, &undo) }
        } catch {
            try undo.run(after: error)
            throw error
        }
    }

    private func place(_ copy: Copy, _ undo: inout Undo) throws(OutputError) {
        let path = target.pushing(copy.name)
        try Folder.create(copy.name.removingLastComponent(), below: target, recordingIn: &undo.folders)
        switch FileIdentity(of: path)?.mode.type {
        case nil: undo.files.append((path, backup: nil))
        case .regular: undo.files.append((path, backup: try backUp(path)))
        case .symbolicLink: throw OutputError(path, .isLink)
        default: throw OutputError(path, .system(.write, .fileExists))
        }
        try rename(copy.staged, path)
    }

    /// Keeps the old file under a second name, so that the new one replaces it at once.
    private func backUp(_ path: FilePath) throws(OutputError) -> FilePath {
        let backup = staging.path.appending(TemporaryName.make("old-"))
        // Some file systems have no hard links, and Linux may forbid them for files of other users.
        do { try link(path, as: backup) } catch { try rename(path, backup) }
        return backup
    }

    /// Removes what did not get its name, and the folders that were made for it, as far as they are empty.
    func discard() {
        staging.remove()
        for folder in created where (try? Folder.names(in: folder))?.isEmpty == true { try? Folder.removeTree(folder) }
    }

    /// What takes back a part of a commit.
    private struct Undo {
        /// The folders that were created.
        var folders: [FilePath] = []
        /// The files that got, or were about to get, their names.
        var files: [(path: FilePath, backup: FilePath?)] = []

        func run(after cause: any Error) throws(CopyError) {
            for (path, backup) in files.reversed() {
                guard let backup else {
                    try? remove(path)
                    continue
                }
                do { try rename(backup, path) } catch {
                    throw .notPutBack(path, backup: backup, cause: "\(cause)")
                }
            }
            for folder in folders.reversed() { try? Folder.removeTree(folder) }
        }
    }
}
