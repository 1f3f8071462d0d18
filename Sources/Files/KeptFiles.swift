import SystemPackage

/// A folder of small files in the user's cache. What it holds saves time, and can be lost at any moment.
public struct KeptFiles: Sendable {
    private let folder: FilePath
    private let limit: Int

    /// Finds the folder: `~/.cache/staticcheck/NAME`, or below `XDG_CACHE_HOME`.
    ///
    /// - Parameter limit: With so many files, the older half is removed.
    /// - Returns: nil if the environment names no absolute path (the XDG Base Directory Specification has relative ones ignored).
    public init?(_ name: String, environment: [String: String], limit: Int) {
        let own = environment["XDG_CACHE_HOME"].map { FilePath($0) }
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : FilePath($0).appending(".cache") }
        guard let cache = [own, home].compactMap(\.self).first(where: \.isAbsolute) else { return nil }
        self.limit = limit
        folder = cache.appending("staticcheck").appending(name)
    }

    /// The content of a file; nil if it is not there or cannot be read.
    public subscript(name: String) -> [UInt8]? { try? FileSnapshot(folder.appending(name)).bytes }

    /// Writes a file. A failure is ignored.
    public func keep(_ bytes: some Sequence<UInt8>, as name: String) {
        let file = folder.appending(name)
        guard (try? Folder.create(folder)) != nil else { return }
        if !file.exists { removeOldest() }
        try? AtomicFile.write(bytes, to: file)
    }

    private func removeOldest() {
        guard let names = try? Folder.names(in: folder), names.count >= limit else { return }
        let files = names.map { name in
            let file = folder.appending(name)
            return (file: file, written: file.writeTime ?? 0)
        }
        for (file, _) in files.sorted(by: { $0.written < $1.written }).prefix(files.count / 2) {
            try? Folder.removeTree(file)
        }
    }
}
