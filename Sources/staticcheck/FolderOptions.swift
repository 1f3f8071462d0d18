import ArgumentParser
import Files
import FoundationEssentials
import SystemPackage

/// `-C`.
struct FolderOptions: ParsableArguments {
    @Option(name: .customShort("C"), help: "Work in this folder, as if staticcheck had been started there.")
    var directory: String?

    /// The folder to work in.
    func path() throws -> FilePath {
        let here = FilePath(FileManager.default.currentDirectoryPath)
        guard let directory else { return here }
        let folder = here.pushing(FilePath(directory)).lexicallyNormalized()
        var isFolder = false
        guard FileManager.default.fileExists(atPath: folder.string, isDirectory: &isFolder), isFolder else {
            throw FileError(folder, .notFolder)
        }
        return folder
    }
}
