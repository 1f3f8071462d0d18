internal import Glibc
public import SystemPackage

/// What stat(2) tells about files. If two states are equal, no file was changed, added or removed between them, so nothing needs
/// to be read again.
public struct FolderState: Sendable, Equatable {
    /// The watched files: those of a folder are sorted by name.
    public private(set) var files: [File] = []
    /// Whether any later change of a file is certain to show in another state (see ``FileState/settled(of:)``).
    public private(set) var isSettled = true

    /// A watched file.
    public struct File: Sendable, Hashable {
        /// The file.
        public let path: FilePath
        /// Its state, links followed; nil if it does not exist.
        public let state: FileState?
    }

    /// The largest number of files and folders: the state of a larger tree costs more than it saves.
    private static let maximumEntries = 20_000

    /// Walks a folder. The folders of version control, which are written to at any time, and of runs that are not finished are
    /// left out.
    ///
    /// - Parameter isWatched: Whether a file with some name counts.
    /// - Returns: nil if the tree is too large or cannot be listed, or has a link to a folder or a name that is not UTF-8.
    public init?(below root: FilePath, where isWatched: (String) -> Bool) {
        let tick = FileState.tick
        var folders = [root]
        var entries = 0
        while let path = folders.popLast() {
            guard let content = Content(of: path, where: isWatched) else { return nil }
            entries += content.files.count + content.folders.count
            guard entries <= FolderState.maximumEntries else { return nil }
            for (name, status) in content.files.sorted(by: { $0.name < $1.name }) {
                add(path.appending(name), status, at: tick)
            }
            folders += content.folders.sorted().map(path.appending)
        }
    }

    /// Whether the files and their states are the same. When they were looked at does not count.
    public static func == (one: FolderState, other: FolderState) -> Bool { one.files == other.files }

    /// Looks at some files, links followed. That a file does not exist is part of the state.
    public init(of files: [FilePath]) {
        let tick = FileState.tick
        for file in files { add(file, FileState.status(of: file, followsLinks: true), at: tick) }
    }

    /// Both states together.
    public func adding(_ other: FolderState) -> FolderState {
        var sum = self
        sum.files += other.files
        sum.isSettled = isSettled && other.isSettled
        return sum
    }

    private static func isLeftOut(_ folder: String) -> Bool {
        [".git", ".hg", ".svn", ".bzr"].contains(folder) || StagingFolder.isName(folder)
    }

    private mutating func add(_ file: FilePath, _ status: stat?, at tick: timespec) {
        files.append(File(path: file, state: status.map { FileState($0) }))
        if let status { isSettled = isSettled && FileState.isSettled(status, at: tick) }
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
                        if !FolderState.isLeftOut(text) { folders.append(text) }
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
