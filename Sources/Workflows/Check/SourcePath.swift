import Files
import GoToolchain
import SystemPackage

/// The file of a program that a person would open to mend it.
enum SourcePath {
    /// The first file of a package, as a path from the repository's root, or from the folder where there is none.
    static func of(_ package: GoPackage, in directory: FilePath) -> String? {
        guard let file = package.files.first else { return nil }
        let path = FilePath(package.directory).appending(file).lexicallyNormalized()
        let root = FolderSearch.nearest(".git", from: directory) ?? directory.lexicallyNormalized()
        guard path.starts(with: root) else { return nil }
        return path.components.dropFirst(root.components.count).map(\.string).joined(separator: "/")
    }
}
