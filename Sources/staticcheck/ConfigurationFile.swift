import Configuration
import ELF
import GoToolchain
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
        guard let text = String(validating: try FileSnapshot(path.string).bytes, as: UTF8.self) else {
            throw ConfigurationError(file: shown, message: "is not UTF-8 text")
        }
        self.init(
            settings: try Configuration(text, file: shown, formats: ReportFormat.allCases.map(\.rawValue)),
            folder: path.removingLastComponent().lexicallyNormalized(), path: path.lexicallyNormalized())
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
