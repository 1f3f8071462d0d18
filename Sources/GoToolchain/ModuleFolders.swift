import Files
import SystemPackage

/// Finds the module to which each package pattern belongs.
enum ModuleFolders {
    /// Groups patterns by the folder in which go must run to find them.
    ///
    /// go resolves a pattern in the module of its working folder. A folder that belongs to a nested or another module is therefore
    /// listed from that folder. In a workspace (go.work) all modules are known, so there is one group; a folder that is in none
    /// of them stands for those below it, where go alone would refuse the pattern.
    ///
    /// - Parameters:
    ///   - patterns: The patterns as the user wrote them.
    ///   - directory: The working folder.
    ///   - goWork: The value of GOWORK.
    static func split(
        _ patterns: [String], directory: FilePath, goWork: String?
    ) -> [(folder: FilePath, patterns: [String])] {
        if let workspace = Workspace.file(in: directory, goWork: goWork) {
            let modules = Workspace.folders(in: workspace, where: \.usedFolder)
            return [(directory, patterns.flatMap { below($0, directory: directory, modules) })]
        }
        let here = FolderSearch.nearest("go.mod", from: directory)
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

    /// The first modules below a folder, level by level, as paths from it. Folders that go passes over are not searched.
    static func below(_ folder: FilePath) -> [String] {
        var found: [String] = []
        var level = [FilePath("")]
        for _ in 0..<4 {
            let places = level.prefix(1000).flatMap { subfolders(of: $0, in: folder) }
            let modules = places.filter { folder.pushing($0).appending("go.mod").isFile }
            found += modules.map(\.string)
            level = places.filter { !modules.contains($0) }
        }
        return Array(found.prefix(10))
    }

    private static func subfolders(of place: FilePath, in folder: FilePath) -> [FilePath] {
        let names = (try? SourceFolderContent(of: folder.pushing(place)))?.folders ?? []
        return names.filter { $0 != "node_modules" }.sorted().map(place.appending)
    }

    private static func place(_ pattern: String, directory: FilePath, here: FilePath?) -> (FilePath, String) {
        guard let (folder, isRecursive) = folder(of: pattern, in: directory), folder.isFolder,
            let module = FolderSearch.nearest("go.mod", from: folder), module != here
        else { return (directory, pattern) }
        return (folder, isRecursive ? "./..." : ".")
    }

    /// A pattern for all packages below a folder of a workspace, as patterns for the modules there.
    private static func below(_ pattern: String, directory: FilePath, _ modules: [FilePath]) -> [String] {
        guard let (folder, isRecursive) = folder(of: pattern, in: directory), isRecursive,
            FolderSearch.nearest("go.mod", from: folder) == nil
        else { return [pattern] }
        let inside = modules.filter { $0.starts(with: folder) }
        return inside.isEmpty ? [pattern] : inside.map { "\($0.packagePattern(from: directory))/..." }
    }

    /// The folder that a pattern names, and whether it means the packages below it too; nil for an import path.
    private static func folder(of pattern: String, in directory: FilePath) -> (FilePath, isRecursive: Bool)? {
        let isRecursive = pattern == "..." || pattern.hasSuffix("/...")
        let text = isRecursive ? String(pattern.dropLast(pattern == "..." ? 3 : 4)) : pattern
        guard text.hasPrefix("/") || text.hasPrefix(".") || text.isEmpty else { return nil }
        return (directory.pushing(FilePath(text.isEmpty ? "." : text)).lexicallyNormalized(), isRecursive)
    }
}
