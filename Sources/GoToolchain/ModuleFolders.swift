import Files
import SystemPackage

/// Finds the module to which each package pattern belongs.
enum ModuleFolders {
    /// Groups patterns by the folder in which go must run to find them.
    ///
    /// go resolves a pattern in the module of its working folder. A folder that belongs to a nested or another module is therefore
    /// listed from that folder. In a workspace (go.work) all modules are known, so there is one group.
    ///
    /// - Parameters:
    ///   - patterns: The patterns as the user wrote them.
    ///   - directory: The working folder.
    ///   - goWork: The value of GOWORK.
    static func split(
        _ patterns: [String], directory: FilePath, goWork: String?
    ) -> [(folder: FilePath, patterns: [String])] {
        let here = FolderSearch.nearest("go.mod", from: directory)
        if goWork != "off", FolderSearch.nearest("go.work", from: directory) != nil { return [(directory, patterns)] }
        var groups: [(folder: FilePath, patterns: [String])] = []
        for pattern in patterns {
            let (folder, relative) = place(pattern, directory: directory, here: here)
            if let index = groups.firstIndex(where: { $0.folder == folder }) {
                groups[index].patterns.append(relative)
            } else {
                groups.append((folder, [relative]))
            }
        }
        return groups
    }

    /// The modules directly below a folder, by name.
    static func below(_ folder: FilePath) -> [String] {
        let names = (try? Folder.names(in: folder)) ?? []
        return names.filter { folder.appending($0).appending("go.mod").isFile }.map(\.string)
    }

    private static func place(_ pattern: String, directory: FilePath, here: FilePath?) -> (FilePath, String) {
        let recursive = pattern == "..." || pattern.hasSuffix("/...")
        let text = recursive ? String(pattern.dropLast(pattern == "..." ? 3 : 4)) : pattern
        let isPath = text.hasPrefix("/") || text.hasPrefix(".") || text.isEmpty
        guard isPath else { return (directory, pattern) }
        let folder = directory.pushing(FilePath(text.isEmpty ? "." : text)).lexicallyNormalized()
        guard folder.isFolder, let module = FolderSearch.nearest("go.mod", from: folder), module != here
        else { return (directory, pattern) }
        return (folder, recursive ? "./..." : ".")
    }
}
