import Files
public import GoBinary
import Processes
public import SystemPackage

/// Main packages that are built together, because they belong to one module or workspace.
public struct PackageGroup: Sendable, Hashable {
    /// Where go runs.
    public let directory: FilePath
    /// The main packages, in go's order.
    public let mains: [GoPackage]
    /// The main packages that are not built on a platform, in the order of the platforms. One that is built on another platform
    /// is among the mains too.
    public let leftOut: [LeftOutMain]

    /// Makes a group.
    public init(directory: FilePath, mains: [GoPackage], leftOut: [LeftOutMain] = []) {
        self.directory = directory
        self.mains = mains
        self.leftOut = leftOut
    }

    /// The main packages that are built for a platform.
    func mains(on platform: Platform) -> [GoPackage] {
        let absent = Set(leftOut.filter { $0.platform == platform }.map(\.package.importPath))
        return mains.filter { !absent.contains($0.importPath) }
    }
}

extension Toolchain {
    /// Finds the main packages that match the patterns, those too that are left out on a platform.
    ///
    /// A folder that belongs to another module than the working folder is listed, and later built, in that module.
    ///
    /// - Throws: `BuildError` if a package cannot be loaded, or a pattern matches no program; it then names the programs that
    ///   exist.
    public func packages(
        matching patterns: [String], in directory: FilePath, flags: [String], for platforms: [Platform]
    ) async throws -> [PackageGroup] {
        guard let platform = platforms.first else { throw BuildError.noPlatform }
        var groups: [PackageGroup] = []
        for (folder, group) in ModuleFolders.split(
            patterns, directory: directory, goWork: environment.variables["GOWORK"])
        {
            let listed = try await listInModule(group, in: folder, flags: flags, for: platform)
            if let error = listed.lazy.compactMap({ $0.loadingError(for: platform) }).first {
                if case .packageNotLoaded(_, let said, nil) = error, said.hasPrefix("no Go files in ") {
                    throw await noProgram(
                        group, isPackage: false, in: folder, named: directory, flags: flags, for: platform)
                }
                throw try await explained(error, asked: patterns, in: folder, flags: flags, for: platform)
            }
            let found = try await MainSearch(
                toolchain: self, directory: folder, patterns: group, flags: flags, platforms: platforms
            ).group(listed)
            guard !found.mains.isEmpty || !found.leftOut.isEmpty else {
                throw await noProgram(
                    group, isPackage: !listed.isEmpty, in: folder, named: directory, flags: flags, for: platform)
            }
            groups.append(found)
        }
        return groups
    }

    /// Lists packages, and says what to do if there is no module.
    private func listInModule(
        _ patterns: [String], in folder: FilePath, flags: [String], for platform: Platform
    ) async throws -> [GoPackage] {
        let outside = FolderSearch.nearest("go.mod", from: folder) == nil
        do {
            let listed = try await list(patterns, in: folder, flags: flags, for: platform)
            let isLost = listed.contains { $0.error?.message.contains("does not contain main module") == true }
            guard !(outside && isLost) else { throw BuildError.noModule(folder, below: ModuleFolders.below(folder)) }
            return listed
        } catch BuildError.goFailed(_, _, let said)
            where outside
            && ["go.mod file not found", "cannot find main module"].contains(where: said.contains)
        {
            throw BuildError.noModule(folder, below: ModuleFolders.below(folder))
        }
    }

    /// The error of patterns without a program, with the programs of the whole module, as the user can name them.
    private func noProgram(
        _ patterns: [String], isPackage: Bool, in folder: FilePath, named directory: FilePath, flags: [String],
        for platform: Platform
    ) async -> BuildError {
        let root = FolderSearch.nearest("go.mod", from: folder) ?? folder
        let everything = ModuleFolders.split(["./..."], directory: root, goWork: environment.variables["GOWORK"])
        let all = (try? await list(everything.flatMap(\.patterns), in: root, flags: flags, for: platform)) ?? []
        return .noProgram(
            patterns: patterns, matchesPackages: isPackage, directory: folder,
            programs: all.filter { $0.isMain && $0.hasFiles }.map {
                FilePath($0.directory).packagePattern(from: directory)
            })
    }

    /// Lists packages.
    ///
    /// - Parameter withCgo: Whether files that need cgo count. go needs no C compiler to list them.
    /// - Throws: `BuildError.goFailed` if go cannot list anything; `ProcessError`; `CancellationError`.
    func list(
        _ patterns: [String], in directory: FilePath, flags: [String], for platform: Platform, withCgo: Bool = false
    ) async throws -> [GoPackage] {
        let arguments = listArguments(patterns, flags: flags)
        let text = try await output(
            of: arguments, in: directory, for: platform, extra: withCgo ? ["CGO_ENABLED": "1"] : [:],
            isRemembered: true)
        return try GoOutput.decodeStream(text, of: arguments, in: directory)
    }

    /// The error of a package that cannot be loaded, with the reason if that is cgo.
    private func explained(
        _ error: BuildError, asked: [String], in directory: FilePath, flags: [String], for platform: Platform
    ) async throws -> BuildError {
        guard case .packageNotLoaded(let path, let said, _) = error else { return error }
        let words = try await explained(said, asked: asked, in: directory, flags: flags, for: platform)
        return words == said ? error : .packageNotLoaded(path, said: words, leftOut: nil)
    }

    /// The arguments of go that list packages without their dependencies. A broken package is listed with its error.
    func listArguments(_ patterns: [String], flags: [String]) -> [String] {
        ["list", "-e", "-find", jsonFlag(GoPackage.fields)] + flags + ["--"] + patterns
    }
}

extension FilePath {
    /// The path of a folder as a package pattern: `./cmd/app`, `../app`.
    func packagePattern(from directory: FilePath) -> String {
        let own = components.map(\.string)
        let other = directory.lexicallyNormalized().components.map(\.string)
        let shared = zip(own, other).prefix { $0 == $1 }.count
        let climb = Array(repeating: "..", count: other.count - shared)
        return ((climb.isEmpty ? ["."] : climb) + own.dropFirst(shared)).joined(separator: "/")
    }
}

extension GoPackage {
    /// Why the package cannot be built for a platform; nil if it can, or is a library, which nothing here builds by itself.
    func loadingError(for platform: Platform) -> BuildError? {
        guard let error, isMain || name.isEmpty else { return nil }
        let leftOut =
            files.isEmpty
            ? ignoredFiles.first.map {
                BuildError.LeftOut(first: $0, count: ignoredFiles.count, platform: platform)
            } : nil
        return .packageNotLoaded(importPath, said: error.text, leftOut: leftOut)
    }
}
