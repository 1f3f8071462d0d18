import FoundationEssentials
public import GoBinary
import Processes
public import SystemPackage

/// Packages to build together: one folder to run go in, and the main packages that the patterns match there.
public struct PackageGroup: Sendable, Hashable {
    /// Where go is run.
    public let directory: FilePath
    /// The main packages, in go's order.
    public let mains: [GoPackage]

    /// Makes a group.
    public init(directory: FilePath, mains: [GoPackage]) {
        self.directory = directory
        self.mains = mains
    }
}

extension Toolchain {
    /// Asks go which packages the patterns match, and keeps the programs.
    ///
    /// A folder that belongs to another module than the working folder is listed, and later built, from that module.
    ///
    /// - Throws: `BuildError` where a pattern matches no program, with the programs that there are.
    public func packages(
        matching patterns: [String], in directory: FilePath, flags: [String], for platform: Platform
    ) async throws -> [PackageGroup] {
        var groups: [PackageGroup] = []
        for (folder, group) in ModuleFolders.split(
            patterns, directory: directory, goWork: environment.variables["GOWORK"])
        {
            let listed = try await list(group, in: folder, flags: flags, for: platform)
            if let broken = listed.first(where: { $0.error != nil && ($0.isMain || $0.name.isEmpty) }),
                let error = broken.error
            {
                throw BuildError(
                    "go cannot load \(broken.importPath): \(error.message)" + broken.leftOut(for: platform))
            }
            let mains = listed.filter(\.isMain)
            guard !mains.isEmpty else {
                throw try await noProgram(group, in: folder, flags: flags, for: platform, listed: listed)
            }
            groups.append(PackageGroup(directory: folder, mains: mains))
        }
        return groups
    }

    private func list(
        _ patterns: [String], in directory: FilePath, flags: [String], for platform: Platform
    ) async throws -> [GoPackage] {
        let arguments = ["list", "-e", "-find", jsonFlag(GoPackage.fields)] + flags + ["--"] + patterns
        let outcome = try await ChildProcess.run(command(arguments, in: directory, for: platform))
        guard outcome.succeeded else {
            throw BuildError("go list failed in \(directory):\n\(outcome.errors)")
        }
        return try PackageStream.decode(outcome.output)
    }

    /// Asks for no more than is read; before go1.19 there was no choice (`go help list`).
    func jsonFlag(_ fields: [String]) -> String {
        let hasFields = GoVersion(version).map { $0 >= GoVersion(major: 1, minor: 19) } ?? true
        return hasFields ? "-json=" + fields.joined(separator: ",") : "-json"
    }

    private func noProgram(
        _ patterns: [String], in directory: FilePath, flags: [String], for platform: Platform, listed: [GoPackage]
    ) async throws -> BuildError {
        let all = (try? await list(["./..."], in: directory, flags: flags, for: platform)) ?? []
        let mains = all.filter(\.isMain).map { "  \($0.importPath)" }
        let asked = patterns.joined(separator: " ")
        let what = listed.isEmpty ? "matches no package" : "matches no program (package main)"
        let hint =
            mains.isEmpty
            ? "there is none below \(directory)" : "the programs here are:\n" + mains.joined(separator: "\n")
        return BuildError("\(asked) \(what); \(hint)")
    }
}

extension GoPackage {
    /// Why a folder with Go files can hold none for a platform.
    fileprivate func leftOut(for platform: Platform) -> String {
        guard files.isEmpty, let first = ignoredFiles.first else { return "" }
        let names = ignoredFiles.count == 1 ? first : "\(first) and \(ignoredFiles.count - 1) more"
        return "\n  left out: \(names), for import \"C\" without cgo, or build constraints that exclude \(platform)"
    }
}
