import FoundationEssentials
public import SystemPackage

/// Looks for what marks the root of a module, workspace or repository.
public enum FolderSearch {
    /// The nearest folder, the one that is given or one above it, that holds an entry of some name.
    public static func nearest(_ name: String, from folder: FilePath) -> FilePath? {
        var current = folder.lexicallyNormalized()
        repeat {
            if FileManager.default.fileExists(atPath: current.appending(name).string) { return current }
        } while current.removeLastComponent()
        return nil
    }
}
