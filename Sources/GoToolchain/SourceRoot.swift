import Files
public import SystemPackage

/// The folder from which a program can be built in another place: it has the sources of the program's module and of its workspace.
public struct SourceRoot: Sendable, Hashable {
    /// The folder of go.work, or else that of go.mod.
    public let folder: FilePath
    /// The folder of the program's go.mod.
    public let module: FilePath
    /// The folders of other modules that go reads: those of the workspace, and those that replace a module.
    public let otherModules: [FilePath]

    /// The other modules that are not below the folder, so that a copy of it does not have them.
    public var outside: [FilePath] { otherModules.filter { !$0.starts(with: folder) } }

    /// Looks for the files around a package.
    ///
    /// - Parameters:
    ///   - package: The folder of the package, an absolute path.
    ///   - goWork: The value of GOWORK.
    /// - Returns: nil if the package is in no module.
    public init?(of package: FilePath, goWork: String?) {
        guard let module = FolderSearch.nearest("go.mod", from: package) else { return nil }
        self.module = module
        let workspace = Workspace.file(in: package, goWork: goWork)
        folder = workspace?.removingLastComponent() ?? module
        let used = workspace.map { Workspace.folders(in: $0, where: \.usedFolder) } ?? []
        let files = ([module] + used).map { $0.appending("go.mod") } + (workspace.map { [$0] } ?? [])
        let replacing = files.flatMap { Workspace.folders(in: $0, where: \.replacingFolder) }
        otherModules = Set(used + replacing).subtracting([module]).sorted { $0.string < $1.string }
    }
}
