import FoundationEssentials
public import SystemPackage

/// Programs along PATH.
public enum SearchPath {
    /// The first program of a name.
    public static func program(_ name: String, in path: String) -> FilePath? { programs(name, in: path).first }

    /// All programs of a name in the folders of a PATH, in its order; relative folders are passed over.
    public static func programs(_ name: String, in path: String) -> [FilePath] {
        path.split(separator: ":").filter { $0.hasPrefix("/") }
            .map { FilePath(String($0)).appending(name) }
            .filter { FileManager.default.isExecutableFile(atPath: $0.string) }
    }
}
