import Files
import FoundationEssentials
public import SystemPackage

/// The sources of a build in another folder, whose entries were made in the reverse order.
public struct SourceCopy: Sendable {
    /// The folder that was copied: the repository, or where there is none the workspace or module.
    public let original: FilePath
    /// The copy.
    public let copy: FilePath

    /// Copies the sources around a folder.
    ///
    /// - Parameters:
    ///   - directory: Where go is run.
    ///   - destination: The copy's place, which must not exist yet.
    ///   - excluded: Paths that are left out, with all below them.
    /// - Throws: What the file system says.
    public init(around directory: FilePath, at destination: FilePath, excluding excluded: Set<FilePath>) throws {
        original = SourceCopy.root(around: directory)
        copy = destination
        try SourceCopy.copy(original, to: destination, excluding: excluded)
    }

    /// The place in the copy of a path in the original; a path outside of it stays.
    public func place(of path: FilePath) -> FilePath {
        let path = path.lexicallyNormalized()
        guard path.starts(with: original) else { return path }
        return FilePath(root: copy.root, copy.components + path.components.dropFirst(original.components.count))
    }

    /// A step in the copy, with a build cache of its own.
    public func moved(_ step: BuildStep, cache: FilePath) -> BuildStep {
        var environment = ["GOCACHE": cache.string]
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

    private static func copy(_ source: FilePath, to destination: FilePath, excluding excluded: Set<FilePath>) throws {
        let files = FileManager.default
        try files.createDirectory(atPath: destination.string, withIntermediateDirectories: true)
        for name in try files.contentsOfDirectory(atPath: source.string).sorted(by: >) {
            try Task.checkCancellation()
            let from = source.appending(name)
            guard !excluded.contains(from) else { continue }
            let type = try files.attributesOfItem(atPath: from.string)[.type] as? FileAttributeType
            switch type {
            case .typeDirectory?: try copy(from, to: destination.appending(name), excluding: excluded)
            case .typeRegular?, .typeSymbolicLink?:
                try files.copyItem(atPath: from.string, toPath: destination.appending(name).string)
            default: continue  // Sockets, pipes and devices are no sources.
            }
        }
    }
}

extension GoPackage {
    fileprivate func moved(_ place: (FilePath) -> FilePath) -> GoPackage {
        GoPackage(
            importPath: importPath, name: name, directory: place(FilePath(directory)).string, files: files,
            imports: imports)
    }
}
