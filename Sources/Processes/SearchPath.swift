import FoundationEssentials
public import SystemPackage

/// Programs along PATH.
public enum SearchPath {
    /// The first program of a name in the folders of a PATH; relative folders are passed over.
    public static func program(_ name: String, in path: String) -> FilePath? {
        path.split(separator: ":").filter { $0.hasPrefix("/") }
            .map { FilePath(String($0)).appending(name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.string) }
    }
}
