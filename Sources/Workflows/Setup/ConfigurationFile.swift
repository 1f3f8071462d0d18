public import Configuration
import Files
public import SystemPackage
import Verification

/// A configuration, and the folder that its paths start from.
public struct ConfigurationFile: Sendable {
    /// The name that is looked for.
    public static let name = "\(Identity.name).yaml"

    /// What the file says; `Configuration.empty` if there is no file.
    public let settings: Configuration
    /// The file's folder, absolute and normalized.
    public let folder: FilePath
    /// The file; nil if there is none.
    public let path: FilePath?

    /// No configuration file; paths start from a folder.
    public static func none(in folder: FilePath) -> ConfigurationFile {
        ConfigurationFile(settings: .empty, folder: folder, path: nil)
    }

    /// Makes a configuration that was read before.
    public init(settings: Configuration, folder: FilePath, path: FilePath?) {
        self.settings = settings
        self.folder = folder
        self.path = path
    }

    /// Reads a file.
    ///
    /// - Parameter shown: The path as error messages name it.
    /// - Throws: `FileError` if it cannot be read, `ConfigurationError` with a line if it is wrong.
    public init(reading path: FilePath, shown: String) throws {
        self.init(
            settings: try Configuration(try ConfigurationFile.text(of: path, shown: shown), file: shown),
            folder: path.removingLastComponent().lexicallyNormalized(), path: path.lexicallyNormalized())
    }

    /// Where a configured path leads: absolute and normalized.
    ///
    /// - Throws: `ConfigurationError` with a line if a symbolic link leads out of the repository around the configuration, or the
    ///   path is that of a source or in git's folder. A link that someone checked in must not decide where this program writes.
    public func place(_ output: ConfiguredPath) throws -> FilePath {
        let path = folder.pushing(FilePath(output.text)).lexicallyNormalized()
        if let target = escape(of: path) { throw output.leaves(.link(to: target.string)) }
        if [path, realPlace(of: path) ?? path].contains(where: isSource) { throw output.replacesSource }
        return path
    }

    /// Whether a path is that of a source, of the configuration, or in git's folder.
    private func isSource(_ path: FilePath) -> Bool {
        path == self.path || path.hasNameOfSource || path.components.contains { $0.string.lowercased() == ".git" }
    }

    /// Where a path below the folder of the configuration really is, if symbolic links lead it out of the repository; nil if
    /// it stays inside.
    public func escape(of path: FilePath) -> FilePath? {
        let root = FolderSearch.nearest(".git", from: folder) ?? folder
        guard let inside = root.resolved else { return nil }
        let existing = ConfigurationFile.existingPart(of: path)
        guard let real = existing.resolved else { return existing }
        return real.starts(with: inside) ? nil : real
    }

    /// A path whose existing part is without symbolic links; nil if a link leads nowhere.
    private func realPlace(of path: FilePath) -> FilePath? {
        let existing = ConfigurationFile.existingPart(of: path)
        guard let real = existing.resolved else { return nil }
        return FilePath(root: real.root, real.components + path.components.dropFirst(existing.components.count))
    }

    private static func existingPart(of path: FilePath) -> FilePath {
        var existing = path
        // A link that leads nowhere still leads there: mkdir(2) would fail on it, but open(2) would create its target.
        while FileIdentity(of: existing) == nil, existing.removeLastComponent() {}
        return existing
    }

    private static func text(of path: FilePath, shown: String) throws -> String {
        do { return try FileSnapshot.text(path) } catch {
            guard error.fault == .contentIsNotUTF8 else { throw error }
            throw ConfigurationError(file: shown, .notUTF8)
        }
    }

    /// Looks in a folder and, if that is in a git repository, in those above it up to the repository's root.
    public static func nearest(from start: FilePath) throws -> ConfigurationFile {
        let start = start.lexicallyNormalized()
        // Outside a repository, a file in a parent folder may belong to anybody: /tmp/scratchcheck.yaml must not count.
        let root = FolderSearch.nearest(".git", from: start) ?? start
        guard let folder = FolderSearch.nearest(name, from: start), folder.starts(with: root) else {
            try FormerName.check(from: start, upTo: root)
            return .none(in: start)
        }
        let path = folder.appending(name)
        return try ConfigurationFile(reading: path, shown: folder == start ? name : path.string)
    }
}
