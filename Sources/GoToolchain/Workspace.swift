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

    /// The folders that lines of a go.mod or go.work name. A file that cannot be read names none: go says so.
    static func folders(in file: FilePath, where name: (ModuleFileLine) -> String?) -> [FilePath] {
        guard let text = try? FileSnapshot.text(file, maximumSize: 16 << 20) else { return [] }
        let folder = file.removingLastComponent()
        return ModuleFileLine.all(in: text).compactMap(name).map { folder.pushing(FilePath($0)).lexicallyNormalized() }
    }
}
