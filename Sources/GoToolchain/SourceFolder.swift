import Files
public import SystemPackage

/// A folder that may hold a Go package.
public struct SourceFolder: Sendable {
    private let path: FilePath

    /// Looks at a folder.
    public init(_ path: FilePath) { self.path = path }

    /// Whether Go sources lie directly in the folder.
    public var hasSources: Bool {
        let names = (try? Folder.names(in: path)) ?? []
        return names.contains { SourceHead.isSource(name: $0.string) }
    }

    /// Whether a word is an import path of the module around the folder, even if there is a folder of that name too.
    public func isImportPath(_ word: String) -> Bool {
        guard let module = RequiredGo(in: path, goWork: "off")?.module else { return false }
        return word == module || word.hasPrefix(module + "/")
    }
}
