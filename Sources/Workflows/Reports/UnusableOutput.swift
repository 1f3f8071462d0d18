import ELF
public import Files
public import SystemPackage

/// Why a run would lose what it finds out. It is known before any work.
public enum UnusableOutput: Error, Sendable, Hashable, CustomStringConvertible {
    /// A file cannot be written.
    case file(String, OutputError)
    /// The folder of a file does not exist, and is not created.
    case noFolder(String, folder: FilePath)
    /// Two results would be written to one file.
    case twice(String)
    /// The path is that of a device or a pipe, which an archive would replace.
    case special(String)
    /// The file is a program or a key.
    case precious(String)
    /// A program of the run, or its stamp, would be written to the same file.
    case program(String)
    /// The report to compare with does not exist.
    case noBaseline(String)
    /// The path is that of a source of Go, which a result would replace.
    case source(String)
    /// The report to compare with does not say what programs are made of.
    case baselineWithoutContents(String)
    /// The report to compare with has none of the programs.
    case baselineOfOthers(String)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .file(let name, let error): "\(name) cannot be written: \(error.reason)"
        case .noFolder(let name, let folder):
            "\(name) cannot be written: the folder \(folder) does not exist; create it with mkdir -p"
        case .twice(let name):
            "\(name) is named for two results, and the second would replace the first: name another file"
        case .special(let name): "\(name) is a device or a pipe, and an archive would replace it: name a file"
        case .precious(let name): "\(name) is a program or a key, and a result would replace it: name another file"
        case .source(let name): "\(name) is a source, and a result would replace it: name another file"
        case .program(let name):
            "\(name) cannot be written: this run writes a program or its stamp there; name another file"
        case .baselineWithoutContents(let name):
            "--baseline \(name) has no contents, so nothing can be new; an earlier run writes them with --contents --report json=\(name)"
        case .baselineOfOthers(let name):
            "--baseline \(name) has none of these programs, so nothing can have grown or be new: paths and platforms must be the same"
        case .noBaseline(let name):
            "--baseline \(name): file not found; an earlier run writes it with --report json=\(name)"
        }
    }

    /// Checks that a file can be written, and its missing folders be created.
    ///
    /// - Parameter name: The file as the user named it.
    public static func check(_ file: FilePath, shown name: String) throws(UnusableOutput) {
        do { try OutputPlace.check(file) } catch { throw .file(name, error) }
        try checkContent(of: file, shown: name)
    }

    /// Checks that a result would replace neither a source, a program nor a key.
    static func checkContent(of file: FilePath, shown name: String) throws(UnusableOutput) {
        guard !(file.isFile && file.hasNameOfSource) else { throw .source(name) }
        let armour = Array("-----BEGIN".utf8)
        guard file.isFile, let old = try? OpenFile(file), old.size >= armour.count,
            let start = try? old.bytes(in: 0..<armour.count)
        else { return }
        guard !start.starts(with: ELFHeader.magic), start != armour else { throw .precious(name) }
    }

    /// Checks that no two results go to the same file. Pipes and devices take several.
    ///
    /// - Parameter files: The files, each with its name as the user gave it.
    static func checkDistinct(_ files: [(file: FilePath, name: String)]) throws(UnusableOutput) {
        var seen: Set<FilePath> = []
        for (file, name) in files where !file.exists || file.isFile || file.isFolder {
            guard seen.insert(file.lexicallyNormalized()).inserted else { throw .twice(name) }
        }
    }
}

extension FilePath {
    /// Whether go takes a file with this name for a source, or for the description of a module.
    var hasNameOfSource: Bool {
        let name = lastComponent?.string ?? ""
        return name.hasSuffix(".go") || ["go.mod", "go.sum", "go.work", "go.work.sum"].contains(name)
    }
}
