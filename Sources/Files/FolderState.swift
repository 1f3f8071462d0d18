internal import Glibc
public import SystemPackage

/// What stat(2) tells about files. If two states are equal, no file was changed, added or removed between them, so nothing needs
/// to be read again.
///
/// No program can set back `st_ctim`, but its clock is coarse: a file that was changed a moment ago can be changed again
/// without a new time. So a state says when its newest change was.
public struct FolderState: Sendable, Hashable {
    /// For each watched file, and each folder that holds one, its name, a NUL, what stat(2) tells, and a line feed.
    public private(set) var text = ""
    /// The newest `st_mtim` or `st_ctim` of all files, in seconds since 1970.
    public private(set) var newestChange = 0

    /// The largest number of files and folders: the state of a larger tree costs more than it saves.
    private static let maximumEntries = 20_000

    /// Walks a folder. Folders whose names begin with a dot are left out.
    ///
    /// - Parameter isWatched: Whether a file with some name counts.
    /// - Returns: nil if the tree is too large or cannot be listed, or has a link to a folder or a name that is not UTF-8.
    public init?(below root: FilePath, where isWatched: (String) -> Bool) {
        var folders = [root]
        var entries = 0
        while let path = folders.popLast() {
            guard let content = Content(of: path, where: isWatched) else { return nil }
            entries += content.files.count + content.folders.count
            guard entries <= FolderState.maximumEntries else { return nil }
            if !content.files.isEmpty { text += "\(path.string)\0\n" }
            for (name, status) in content.files.sorted(by: { $0.name < $1.name }) { add(name, status) }
            folders += content.folders.sorted().map(path.appending)
        }
    }

    /// Looks at some files, links followed. That a file does not exist is part of the state.
    public init(of files: [FilePath]) {
        for file in files {
            var status = stat()
            let isThere = unsafe file.withPlatformString { unsafe stat($0, &status) } == 0
            if isThere { add(file.string, status) } else { text += "\(file.string)\0-\n" }
        }
    }

    /// Both states together.
    public func adding(_ other: FolderState) -> FolderState {
        var sum = self
        sum.text += other.text
        sum.newestChange = max(newestChange, other.newestChange)
        return sum
    }

    private mutating func add(_ name: String, _ status: stat) {
        text += "\(name)\0\(FileState(status))\n"
        newestChange = max(newestChange, status.st_mtim.tv_sec, status.st_ctim.tv_sec)
    }
}

extension FolderState {
    /// What counts of the entries of one folder.
    private struct Content {
        var files: [(name: String, status: stat)] = []
        var folders: [String] = []

        init?(of path: FilePath, where isWatched: (String) -> Bool) {
            var files: [(name: String, status: stat)] = []
            var folders: [String] = []
            var isComplete = true
            do throws(FileError) {
                let folder = try FolderStream(path)
                try folder.forEachEntry { entry in
                    switch entry {
                    case .folder(let name):
                        guard let text = name.text else { return isComplete = false }
                        if !text.hasPrefix(".") { folders.append(text) }
                    case .file(let name):
                        guard let text = name.text else { return isComplete = false }
                        if isWatched(text) { files.append((text, folder.status(of: name) ?? stat())) }
                    case .link(let name):
                        let status = folder.status(of: name) ?? stat()
                        guard let text = name.text, status.st_mode & S_IFMT != S_IFDIR else {
                            return isComplete = false
                        }
                        if isWatched(text) { files.append((text, status)) }
                    }
                }
            } catch { return nil }
            guard isComplete else { return nil }
            self.files = files
            self.folders = folders
        }
    }
}
