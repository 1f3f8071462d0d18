import Files
import SystemPackage

/// The workspace of a folder (https://go.dev/ref/mod#workspaces).
enum Workspace {
    /// The go.work that is in force in a folder; nil if there is none.
    ///
    /// - Parameter goWork: The value of GOWORK: `off`, the path of a file, or nothing, which means the nearest.
    static func file(in directory: FilePath, goWork: String?) -> FilePath? {
        if goWork == "off" { return nil }
        if let goWork, goWork.hasPrefix("/") { return FilePath(goWork) }
        return FolderSearch.nearest("go.work", from: directory)?.appending("go.work")
    }
}
