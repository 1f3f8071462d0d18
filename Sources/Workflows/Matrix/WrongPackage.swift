import ELF
import Files
import GoBinary
import GoToolchain
import ScratchImage
public import SystemPackage
import Text

/// A word that is not a package where packages are named, with the command that is meant.
public enum WrongPackage: Error, Sendable, Hashable, CustomStringConvertible {
    /// An empty word, or blanks.
    case empty(String)
    /// A misspelt command.
    case command(String, nearest: String)
    /// A binary, an archive or a folder that is verified and not built.
    case existing(String, target: String)
    /// A Dockerfile.
    case dockerfile(String)
    /// A file that is not a package.
    case file(String)
    /// A folder with Go sources without `./`, which go takes for a package of its own library.
    case withoutDot(String)
    /// A pattern without `./` that means programs of Go itself.
    case ofGo(String)
    /// A folder without Go sources, and without `./`.
    case folder(String)
    /// A folder that does not exist; the nearest one that does.
    case missing(String, nearest: String?)
    /// A platform, for example because a list was cut at a blank.
    case platform(String)

    /// What is wrong, and the command that is meant.
    public var description: String {
        switch self {
        case .empty(let word):
            "'\(word)' is not a package; a variable of a script may not be set. The package in this folder is ."
        case .command(let word, let nearest):
            "unknown command '\(word)'; did you mean 'staticcheck \(nearest)'? (a package in the folder \(word) is ./\(word))"
        case .existing(let word, let target):
            "\(word) is not a Go package; to verify what exists: staticcheck verify \(target.shellQuoted)"
        case .dockerfile(let word):
            "\(word) is a Dockerfile; to lint it: staticcheck dockerfile --lint \(word.shellQuoted)"
        case .file(let word): "\(word) is a file, not a Go package; packages are folders: staticcheck ./cmd/app"
        case .ofGo(let word):
            "\(word) means packages of Go itself, such as its compiler; those of a folder begin with ./: ./\(word)"
        case .withoutDot(let word):
            "the package in the folder \(word) is named with ./: staticcheck \("./\(word)".shellQuoted)"
        case .folder(let word):
            "\(word) is a folder without Go sources; to verify what is in it: staticcheck verify \(word.shellQuoted); "
                + "to build the packages below it: staticcheck \("./\(word)/...".shellQuoted)"
        case .missing(let word, let nearest):
            "\(word): folder not found" + (nearest.map { "; did you mean 'staticcheck \($0)'?" } ?? "")
        case .platform(let word):
            "\(word) is a platform, not a Go package: write --platform \(word), and several without blanks: "
                + "--platform linux/amd64,linux/arm64"
        }
    }

    /// Checks words that are to be packages, before go reads them.
    ///
    /// - Parameters:
    ///   - words: Packages and patterns.
    ///   - folder: The folder that they are named from.
    ///   - commands: The commands that the first word may be a misspelling of.
    /// - Throws: `WrongPackage` for the first word that is something else.
    public static func check(_ words: [String], in folder: FilePath, commands: [String] = []) throws(WrongPackage) {
        if let word = words.first, let nearest = misspelling(word, of: commands),
            !folder.pushing(FilePath(word)).exists, !SourceFolder(folder).isImportPath(word)
        {
            throw .command(word, nearest: nearest)
        }
        for word in words {
            if let wrong = WrongPackage(word, in: folder) { throw wrong }
        }
    }

    /// The command that a word is a misspelling of, or that does what it asks for; nil if the word is none.
    public static func misspelling(_ word: String, of commands: [String]) -> String? {
        guard word.utf8.allSatisfy({ $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") }), !commands.contains(word)
        else { return nil }
        if !commands.isEmpty, let meant = otherWords[word.lowercased()] { return meant }
        return word.count < 4 ? nil : Spelling.nearest(to: word.lowercased(), in: commands)
    }

    /// What other tools call the commands.
    private static let otherWords = [
        "build": "check", "run": "check", "test": "check", "scan": "verify", "sign": "verify --stamp",
        "stamp": "verify --stamp", "attest": "verify --stamp", "lint": "dockerfile --lint", "docker": "image",
        "push": "image --push", "load": "image --load", "show": "inspect", "rules": "explain", "key": "keygen",
        "keys": "keygen", "config": "init",
    ]

    private init?(_ word: String, in folder: FilePath) {
        let path = folder.pushing(FilePath(word))
        let isRelative = word.hasPrefix("./") || word.hasPrefix("../") || word == "." || word == ".."
        if word.allSatisfy(\.isWhitespace) {
            self = .empty(word)
        } else if word.hasPrefix("oci:") || word.hasPrefix("oci-archive:") || word.hasPrefix("docker-archive:")
            || word.hasPrefix("docker://")
        {
            self = .existing(word, target: word)
        } else if ["...", "std", "cmd", "cmd/..."].contains(word), !path.isFolder {
            self = .ofGo(word)
        } else if path.isFile {
            guard !word.hasSuffix(".go") else { return nil }
            self = WrongPackage.file(word, at: path)
        } else if path.isFolder {
            if let form = ImageSource.Form(recognizing: path) {
                self = .existing(word, target: "\(form.rawValue):\(word)")
                return
            }
            guard !isRelative, !word.hasPrefix("/"), !SourceFolder(folder).isImportPath(word) else {
                return nil
            }
            self = SourceFolder(path).hasSources ? .withoutDot(word) : .folder(word)
        } else if (try? Platform(known: word)) != nil {
            self = .platform(word)
        } else if isRelative || word.hasPrefix("/"), !word.contains("..."), !path.exists {
            self = .missing(word, nearest: WrongPackage.nearest(to: word, in: folder))
        } else {
            return nil
        }
    }

    private static func file(_ word: String, at path: FilePath) -> WrongPackage {
        let name = (path.lastComponent?.string ?? "").lowercased()
        if ["dockerfile", "containerfile"].contains(where: { name.hasPrefix($0) || name.hasSuffix("." + $0) }) {
            return .dockerfile(word)
        }
        if (try? OpenFile(path).isELF()) == true { return .existing(word, target: word) }
        if let form = ImageSource.Form(recognizing: path) { return .existing(word, target: "\(form.rawValue):\(word)") }
        return path.isProgram ? .existing(word, target: word) : .file(word)
    }

    /// The folder beside a missing one with the most similar name, as the word would name it.
    private static func nearest(to word: String, in folder: FilePath) -> String? {
        let parent = FilePath(word).removingLastComponent()
        let place = folder.pushing(parent)
        guard let name = FilePath(word).lastComponent?.string, let names = try? Folder.names(in: place) else {
            return nil
        }
        let folders = names.map(\.string).filter { place.appending($0).isFolder }
        return Spelling.nearest(to: name, in: folders).map { near in
            String(word.dropLast(word.hasSuffix("/") ? name.count + 1 : name.count)) + near
        }
    }
}
