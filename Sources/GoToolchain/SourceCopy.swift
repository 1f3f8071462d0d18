public import Files
public import SystemPackage

/// A copy of the sources of a build in another folder, whose entries are created in reverse order.
///
/// A second build in the copy shows whether the program depends on the place or the order of its sources.
public struct SourceCopy: Sendable {
    /// The folder that was copied: the repository; without one the workspace, or the module.
    public let original: FilePath
    /// The copy.
    public let copy: FilePath
    /// Why files and folders could not be copied. go did not need them for the first build, but git may look at them.
    public let unreadable: [FileError]

    /// Copies the sources around a folder.
    ///
    /// - Parameters:
    ///   - directory: Where go runs.
    ///   - destination: The copy, which must not exist.
    ///   - excluded: Paths that are left out, with everything below them.
    /// - Throws: `OutputError` with the path; `CancellationError`.
    public init(around directory: FilePath, at destination: FilePath, excluding excluded: Set<FilePath>) throws {
        original = SourceCopy.root(around: directory)
        copy = destination
        var unreadable: [FileError] = []
        try TreeCopy.make(of: original, at: destination, excluding: excluded, isReversed: true) {
            unreadable.append($0)
        }
        self.unreadable = unreadable
        try keepRepository()
    }

    /// Lets the file `.git` of a submodule name its repository from the copy too.
    ///
    /// Source: gitrepository-layout(5), "gitfile".
    private func keepRepository() throws(OutputError) {
        let name = original.appending(".git")
        let prefix = "gitdir: "
        guard name.isFile, let text = try? FileSnapshot.text(name, maximumSize: 1 << 16), text.hasPrefix(prefix) else {
            return
        }
        let repository = FilePath(String(text.dropFirst(prefix.count).prefix { $0 != "\n" }))
        let place = original.pushing(repository).lexicallyNormalized()
        try AtomicFile.write((prefix + place.string + "\n").utf8, to: copy.appending(".git"))
    }

    /// The path in the copy for a path in the original. A path outside of the original stays as it is.
    public func place(of path: FilePath) -> FilePath {
        let path = path.lexicallyNormalized()
        guard path.starts(with: original) else { return path }
        return FilePath(root: copy.root, copy.components + path.components.dropFirst(original.components.count))
    }

    /// The step in the copy, with another build cache, which go keeps itself.
    public func moved(_ step: BuildStep, cache: FilePath) -> BuildStep {
        var environment = ["GOCACHE": cache.string]
        if step.toolchain.compiler != nil {
            environment.merge(ZigCache(cache.appending("zig")).variables) { $1 }
            environment["CCACHE_DISABLE"] = "1"
        }
        if let work = step.toolchain.environment.variables["GOWORK"], work.hasPrefix("/") {
            environment["GOWORK"] = place(of: FilePath(work)).string
        }
        return BuildStep(
            platform: step.platform, directory: place(of: step.directory),
            programs: step.programs.map { Program(package: $0.package.moved(place), name: $0.name) }, flags: step.flags,
            toolchain: step.toolchain.adding(environment), wantedGo: step.wantedGo)
    }

    private static func root(around directory: FilePath) -> FilePath {
        let markers = [".git", "go.work", "go.mod"].lazy
        return markers.compactMap { FolderSearch.nearest($0, from: directory) }.first ?? directory.lexicallyNormalized()
    }
}

extension BuildStep {
    /// Whether go takes other files than those at the paths of the sources (`-overlay`).
    public var hasOverlay: Bool {
        let fromEnvironment = GoFlags.fields(toolchain.environment.variables["GOFLAGS"] ?? "")
        return (flags.building + fromEnvironment).contains { $0.isFlag("overlay") }
    }

    /// The folders of modules that the step reads and that are not below a folder.
    public func modules(outside folder: FilePath) -> [FilePath] {
        let root = SourceRoot(of: directory, goWork: toolchain.environment.variables["GOWORK"])
        return root?.otherModules.filter { !$0.starts(with: folder) } ?? []
    }
}

extension GoPackage {
    fileprivate func moved(_ place: (FilePath) -> FilePath) -> GoPackage {
        GoPackage(
            importPath: importPath, name: name, directory: place(FilePath(directory)).string, files: files,
            cgoFiles: cgoFiles, imports: imports)
    }
}
