import Configuration
import Files
import GoToolchain
import Reporting
import SystemPackage

/// A configuration with the folder that its paths start from.
struct ConfigurationFile: Sendable {
    static let name = "scratchready.yaml"

    let settings: Configuration
    let folder: FilePath
    /// The file; nil where there is none.
    let path: FilePath?

    static func none(in folder: FilePath) -> ConfigurationFile {
        ConfigurationFile(settings: .empty, folder: folder, path: nil)
    }

    private init(settings: Configuration, folder: FilePath, path: FilePath?) {
        self.settings = settings
        self.folder = folder
        self.path = path
    }

    init(reading path: FilePath, shown: String) throws {
        self.init(
            settings: try Configuration(
                try ConfigurationFile.text(of: path, shown: shown), file: shown,
                formats: ReportFormat.allCases.map(\.rawValue)),
            folder: path.removingLastComponent().lexicallyNormalized(), path: path.lexicallyNormalized())
    }

    private static func text(of path: FilePath, shown: String) throws -> String {
        do { return try FileSnapshot.text(path) } catch {
            guard error.fault == .contentIsNotUTF8 else { throw error }
            throw ConfigurationError(file: shown, message: error.reason)
        }
    }

    /// Looks in a folder and, where that is in a repository, in those above it up to the repository's root.
    static func nearest(from start: FilePath) throws -> ConfigurationFile {
        let start = start.lexicallyNormalized()
        // Outside of a repository nobody vouches for what lies above.
        let root = FolderSearch.nearest(".git", from: start) ?? start
        guard let folder = FolderSearch.nearest(name, from: start), folder.starts(with: root) else {
            return .none(in: start)
        }
        let path = folder.appending(name)
        return try ConfigurationFile(reading: path, shown: folder == start ? name : path.string)
    }
}
