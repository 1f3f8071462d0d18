import Files
public import SystemPackage
import Verification

/// A name that early versions used, or that is easily mistaken for the right one. It is an error, because a key or a rule that is
/// ignored in silence is worse.
public enum FormerName: Error, Sendable, Hashable, CustomStringConvertible {
    /// The configuration file had this name.
    case file(FilePath)
    /// The configuration file is not read under this name.
    case similarFile(FilePath)
    /// An environment variable.
    case variable(String)

    private static let fileName = "scratchready.yaml"
    private static let similarNames = ["scratchcheck.yml", ".scratchcheck.yaml", ".scratchcheck.yml"]
    private static let prefix = "SCRATCHREADY_"
    private static let variables = ["CONFIG", "JOBS", "KEY", "MEMORY", "PLATFORM"]

    /// Throws if a variable has a former name.
    public static func check(_ environment: [String: String]) throws(FormerName) {
        for name in variables.map({ prefix + $0 }) where environment[name] != nil { throw .variable(name) }
    }

    /// Throws if a folder, or one above it up to `root`, has a configuration file with another name.
    static func check(from start: FilePath, upTo root: FilePath) throws(FormerName) {
        for name in [fileName] + similarNames {
            guard let folder = FolderSearch.nearest(name, from: start), folder.starts(with: root) else { continue }
            let path = folder.appending(name)
            throw name == fileName ? .file(path) : .similarFile(path)
        }
    }

    private static func command(toRename path: FilePath) -> String {
        "mv \(path) \(path.removingLastComponent().appending(ConfigurationFile.name))"
    }

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .file(let path):
            "the configuration file is called \(ConfigurationFile.name) now: \(FormerName.command(toRename: path))"
        case .similarFile(let path):
            "the configuration file is called \(ConfigurationFile.name), and \(path) is not read: "
                + FormerName.command(toRename: path)
        case .variable(let name):
            "the variable \(name) is called SCRATCHCHECK_\(name.dropFirst(FormerName.prefix.count)) now"
        }
    }
}
