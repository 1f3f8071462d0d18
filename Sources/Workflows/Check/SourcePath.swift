import Files
import GoToolchain
import SystemPackage

/// The source file of a program that a person would open first.
enum SourcePath {
    /// The first file of a package, relative to the root of the git repository, or to the folder if there is none.
    ///
    /// - Parameter files: The files to choose from; nil takes those that are compiled.
    static func of(_ package: GoPackage, files: [String]? = nil, in directory: FilePath) -> String? {
        guard let file = (files ?? package.allFiles).first else { return nil }
        let path = FilePath(package.directory).appending(file).lexicallyNormalized()
        let root = FolderSearch.nearest(".git", from: directory) ?? directory.lexicallyNormalized()
        guard path.starts(with: root) else { return nil }
        return path.components.dropFirst(root.components.count).map(\.string).joined(separator: "/")
    }
}
