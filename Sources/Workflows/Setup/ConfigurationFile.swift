public import Configuration
import Files
public import SystemPackage

/// A configuration, and the folder that its paths start from.
public struct ConfigurationFile: Sendable {
    /// The name that is looked for.
    public static let name = "scratchready.yaml"

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

    private static func text(of path: FilePath, shown: String) throws -> String {
        do { return try FileSnapshot.text(path) } catch {
            guard error.fault == .contentIsNotUTF8 else { throw error }
            throw ConfigurationError(file: shown, message: error.reason)
        }
    }

    /// Looks in a folder and, if that is in a git repository, in those above it up to the repository's root.
    public static func nearest(from start: FilePath) throws -> ConfigurationFile {
        let start = start.lexicallyNormalized()
        // Outside of a repository a file further up may belong to anybody: /tmp/scratchready.yaml must not count.
        let root = FolderSearch.nearest(".git", from: start) ?? start
        guard let folder = FolderSearch.nearest(name, from: start), folder.starts(with: root) else {
            return .none(in: start)
        }
        let path = folder.appending(name)
        return try ConfigurationFile(reading: path, shown: folder == start ? name : path.string)
    }
}
