import Files
import SystemPackage

/// A module whose packages go builds from the sources in place: the one of the working folder, or each of a workspace.
struct MainModule: Sendable, Hashable, Decodable {
    /// The module path.
    let path: String
    /// The root folder; an absolute path.
    let directory: String

    private enum CodingKeys: String, CodingKey {
        case path = "Path"
        case directory = "Dir"
    }

    /// The import path of a folder; nil if it lies outside of the module.
    func importPath(of folder: FilePath) -> String? {
        let root = FilePath(directory)
        guard folder.starts(with: root) else { return nil }
        let rest = folder.components.dropFirst(root.components.count).map(\.string)
        return ([path] + rest).joined(separator: "/")
    }
}

/// The folders that wildcards pass over, by `ignore` lines in a go.mod (since go1.25).
///
/// Source: https://go.dev/ref/mod#go-mod-file-ignore.
struct IgnoredFolders: Sendable, Hashable, Decodable {
    private let lines: [Line]?

    /// A module that ignores no folder.
    static let none = IgnoredFolders(lines: nil)

    private struct Line: Sendable, Hashable, Decodable {
        let path: String

        enum CodingKeys: String, CodingKey { case path = "Path" }
    }

    private enum CodingKeys: String, CodingKey { case lines = "Ignore" }

    /// Whether a folder is passed over, with its path from the module's root: `./x` is that folder, and `x` every folder of
    /// that name, each with everything below it.
    func covers(_ parts: [String]) -> Bool {
        (lines ?? []).contains { line in
            let names = line.path.split(separator: "/").map(String.init)
            if names.first == "." { return parts.starts(with: names.dropFirst()) }
            return parts.indices.contains { parts[$0...].starts(with: names) }
        }
    }
}

extension Toolchain {
    /// The main modules; none outside of module mode.
    func mainModules(in directory: FilePath) async throws -> [MainModule] {
        let arguments = ["list", "-m", "-json"]
        do {
            let text = try await output(of: arguments, in: directory)
            return try GoOutput.decodeStream(text, of: arguments, in: directory)
        } catch BuildError.goFailed {
            return []
        }
    }

    /// Folders without those that their module's go.mod ignores.
    func withoutIgnored(_ folders: [FilePath]) async throws -> [FilePath] {
        var known: [FilePath: IgnoredFolders] = [:]
        var kept: [FilePath] = []
        for folder in folders {
            guard let root = FolderSearch.nearest("go.mod", from: folder) else {
                kept.append(folder)
                continue
            }
            let ignored = if let found = known[root] { found } else { try await ignored(inModule: root) }
            known[root] = ignored
            let parts = folder.components.dropFirst(root.components.count).map(\.string)
            if !ignored.covers(parts) { kept.append(folder) }
        }
        return kept
    }

    private func ignored(inModule root: FilePath) async throws -> IgnoredFolders {
        // Older versions know no such lines, and refuse a go.mod that has one.
        guard let text = try? FileSnapshot.text(root.appending("go.mod")), text.contains("ignore") else { return .none }
        let arguments = ["mod", "edit", "-json"]
        do {
            return try GoOutput.decode(try await output(of: arguments, in: root), of: arguments, in: root)
        } catch BuildError.goFailed {
            return .none
        }
    }
}
