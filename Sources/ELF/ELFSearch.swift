public import Files
public import SystemPackage

/// The ELF files below a folder, searched in parallel.
public struct ELFSearch: Sendable {
    /// The files that begin with the ELF magic number, also those behind links, sorted by path.
    public private(set) var files: [FilePath] = []
    /// The links to folders, which are not searched, sorted by path.
    public private(set) var folderLinks: [FilePath] = []
    /// All links, in no particular order.
    public private(set) var links: [FilePath] = []
    /// The folders and files that could not be read.
    public private(set) var errors: [FileError] = []
    /// How many files were examined.
    public private(set) var fileCount = 0

    /// Searches a folder. FIFOs, sockets and devices are skipped.
    ///
    /// - Parameters:
    ///   - root: The folder.
    ///   - width: How many tasks search at the same time.
    ///   - onProgress: Called from time to time with the number of files examined so far.
    /// - Throws: `CancellationError` once the task is cancelled.
    public init(below root: FilePath, width: Int, onProgress: (Int) -> Void) async throws {
        var pending = [root]
        self = try await withThrowingTaskGroup(of: Step.self) { group in
            var search = ELFSearch()
            var running = 0
            while true {
                while running < width, !pending.isEmpty {
                    // Small batches while few folders are pending, so that no core is idle.
                    let batch = Array(pending.suffix(max(1, min(16, pending.count / width))))
                    pending.removeLast(batch.count)
                    running += 1
                    group.addTask {
                        try Task.checkCancellation()
                        return Step(through: batch)
                    }
                }
                guard let step = try await group.next() else { break }
                running -= 1
                pending += step.rest
                search.add(step.found)
                onProgress(search.fileCount)
            }
            search.files.sort { $0.string < $1.string }
            search.folderLinks.sort { $0.string < $1.string }
            search.errors.sort { ($0.path.string, $0.reason) < ($1.path.string, $1.reason) }
            return search
        }
    }

    private init() {}

    private mutating func add(_ other: ELFSearch) {
        files += other.files
        folderLinks += other.folderLinks
        links += other.links
        errors += other.errors
        fileCount += other.fileCount
    }

    /// A part of the search: some folders and the folders below them, until enough files were examined.
    private struct Step: Sendable {
        var found = ELFSearch()
        var rest: [FilePath]

        private static let enoughFiles = 512

        init(through folders: [FilePath]) {
            rest = folders
            while found.fileCount < Step.enoughFiles, let path = rest.popLast() {
                do throws(FileError) {
                    try look(into: FolderStream(path))
                } catch {
                    found.errors.append(error)
                }
            }
        }

        private mutating func look(into folder: borrowing FolderStream) throws(FileError) {
            try folder.forEachEntry { entry in
                switch entry {
                case .file(let name): probe(name, in: folder)
                case .folder(let name): if let path = path(of: name, in: folder) { rest.append(path) }
                case .link(let name): follow(name, in: folder)
                }
            }
        }

        private mutating func follow(_ name: FolderStream.Name, in folder: borrowing FolderStream) {
            guard let path = path(of: name, in: folder) else { return }
            found.links.append(path)
            if path.isFile {
                probe(name, in: folder)
            } else if path.isFolder {
                found.folderLinks.append(path)
            }
        }

        private mutating func probe(_ name: FolderStream.Name, in folder: borrowing FolderStream) {
            found.fileCount += 1
            do throws(FileError) {
                if try folder.begins(name, with: ELFHeader.magic) { found.files.append(try folder.path(of: name)) }
            } catch {
                found.errors.append(error)
            }
        }

        private mutating func path(of name: FolderStream.Name, in folder: borrowing FolderStream) -> FilePath? {
            do throws(FileError) { return try folder.path(of: name) } catch {
                found.errors.append(error)
                return nil
            }
        }
    }
}
