import Files
import SystemPackage

/// What matters of a folder's entries to a search for sources.
struct SourceFolderContent {
    /// Whether it has a go.mod.
    private(set) var isModule = false
    /// The names of Go files.
    private(set) var sources: [String] = []
    /// The names of folders that go's wildcards do not pass over. Symbolic links are not among them.
    private(set) var folders: [String] = []

    /// Lists a folder.
    ///
    /// - Throws: `FileError` if it cannot be listed.
    init(of path: FilePath) throws(FileError) {
        var content = SourceFolderContent()
        try FolderStream(path).forEachEntry { entry in
            switch entry {
            case .file(let name), .link(let name): if let text = name.text { content.add(file: text) }
            case .folder(let name):
                if let text = name.text, !SourceFolderContent.isPassedOver(text) { content.folders.append(text) }
            }
        }
        self = content
    }

    private init() {}

    private mutating func add(file name: String) {
        if name == "go.mod" { isModule = true }
        if SourceHead.isSource(name: name) { sources.append(name) }
    }

    private static func isPassedOver(_ name: String) -> Bool {
        name.hasPrefix(".") || name.hasPrefix("_") || name == "testdata" || name == "vendor"
    }
}
