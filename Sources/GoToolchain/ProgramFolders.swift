import Files
import SystemPackage

/// Finds programs in the sources themselves. `go list` says nothing of a package whose files are all excluded.
struct ProgramFolders {
    /// The folders that are not looked into, because their packages are known.
    let known: Set<String>

    /// The folders below a root, the root included, that hold a program and are not known, sorted.
    ///
    /// Folders that go's wildcards pass over are passed over: other modules, `vendor`, `testdata`, and names that begin with
    /// `.` or `_`. Symbolic links to folders are not followed. A folder that cannot be read is go's to complain of.
    ///
    /// Source: https://pkg.go.dev/cmd/go#hdr-Package_lists_and_patterns.
    func below(_ root: FilePath) -> [FilePath] {
        var found: [FilePath] = []
        var waiting = [root]
        while let folder = waiting.popLast() {
            guard let content = try? SourceFolderContent(of: folder), folder == root || !content.isModule else {
                continue
            }
            waiting += content.folders.map(folder.appending)
            if !known.contains(folder.string), ProgramFolders.holdsProgram(content.sources, in: folder) {
                found.append(folder)
            }
        }
        return found.sorted { $0.string < $1.string }
    }

    /// Whether files are those of a program: one is of the package main, and none of another.
    private static func holdsProgram(_ sources: [String], in folder: FilePath) -> Bool {
        let packages = sources.compactMap { SourceHead(ofFile: folder.appending($0))?.package }
        return packages.contains("main") && packages.allSatisfy { $0 == "main" || $0 == "documentation" }
    }
}

extension SourceHead {
    /// Reads the beginning of a file; nil if it cannot be read, or does not begin as Go files do.
    init?(ofFile path: FilePath) {
        guard let text = SourceHead.text(of: path) else { return nil }
        self.init(text)
    }

    /// The content of a file of up to 64 MiB; nil if it is larger, or cannot be read.
    static func text(of path: FilePath) -> [UInt8]? {
        try? FileSnapshot(OpenFile(path, maximumSize: 64 << 20)).bytes
    }
}

extension GoPackage {
    /// Whether no file may be excluded on any platform. A folder with such a file always has a package.
    var isOnEveryPlatform: Bool {
        files.contains { name in
            guard !SourceHead.mayConstrain(name: name) else { return false }
            return SourceHead(ofFile: FilePath(directory).appending(name))?.isConstrained == false
        }
    }
}
