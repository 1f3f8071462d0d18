import BuildCache
import Files
import GoBinary
import Processes
public import SystemPackage

/// A program of Go's GOCACHEPROG protocol, to which go leaves its build cache.
public struct CacheProgram: Sendable, Hashable {
    /// The program; an absolute path.
    public let path: FilePath
    /// Its arguments.
    public let arguments: [String]
    /// The folder in which it runs.
    public let folder: FilePath

    /// The name of the file, for reports and stamps. Arguments may hold passwords, and are not shown.
    public var name: String { path.lastComponent?.string ?? path.string }

    /// Reads a program with its arguments, as go reads GOCACHEPROG: separated by blanks, with quotes around whole words.
    ///
    /// - Parameters:
    ///   - text: The words. A name without a slash is searched along PATH.
    ///   - searchPath: The value of PATH.
    ///   - folder: Where relative paths start, and the program runs.
    /// - Throws: `CacheProgramError`.
    public init(
        parsing text: String, searchPath: String, folder: FilePath
    ) throws(CacheProgramError) {
        guard let words = GoFlags.quotedFields(text) else { throw .openQuote(text) }
        guard let name = words.first, !name.isEmpty else { throw .empty }
        let found =
            name.contains("/")
            ? [folder.pushing(FilePath(name)).lexicallyNormalized()].first(where: \.isProgram)
            : SearchPath.program(name, in: searchPath)
        guard let found else { throw name.contains("/") ? .notExecutable(name) : .notOnPath(name) }
        path = found
        arguments = Array(words.dropFirst())
        self.folder = folder
    }

    /// The name of the program in the value of GOCACHEPROG; nil if there is none.
    static func name(in text: String) -> String? {
        let program = (GoFlags.quotedFields(text) ?? GoFlags.fields(text)).first
        return program.flatMap { FilePath($0).lastComponent?.string ?? $0 }
    }

    /// The variables with which go asks the program through a relay that counts.
    ///
    /// - Parameters:
    ///   - counts: The file that the relay writes.
    ///   - kept: The folder for the objects that go gets; nil keeps none.
    /// - Throws: `CacheProgramError.unquotable` if go could not read the words.
    func variables(countingIn counts: FilePath, keepingIn kept: FilePath?) throws(CacheProgramError) -> [String: String]
    {
        let relay = RelaySettings(counts: counts, kept: kept, folder: folder, program: path, arguments: arguments)
        guard let executable = FilePath("/proc/self/exe").resolved else { throw .noExecutable }
        var words: [String] = []
        for word in relay.words(of: executable) {
            guard let quoted = GoFlags.quoted(word) else { throw .unquotable(word) }
            words.append(quoted)
        }
        return [GoVariable.cacheProgram: words.joined(separator: " ")]
    }
}

/// Why a cache program cannot be used.
public enum CacheProgramError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A quote is not closed.
    case openQuote(String)
    /// There is no word.
    case empty
    /// A file does not exist or is not executable.
    case notExecutable(String)
    /// No folder of PATH has the program.
    case notOnPath(String)
    /// A word has both kinds of quotes, which go cannot read.
    case unquotable(String)
    /// This program does not find itself, so that it cannot stand between go and the cache program.
    case noExecutable

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .openQuote(let text):
            "a quote in '\(text)' is not closed; quotes stand around whole words, as in GOCACHEPROG"
        case .empty: "the cache program has no name; leave the option out to build without one, or write off"
        case .notExecutable(let name): "the cache program \(name) does not exist or is not executable"
        case .notOnPath(let name): "the cache program \(name) is not on PATH; install it, or give its path"
        case .unquotable(let word):
            "go cannot be given the word \(word) of the cache program, because it has both ' and \"; rename the file or folder"
        case .noExecutable:
            "the file of this program was not found through /proc/self/exe, so that it cannot count what the cache program "
                + "supplies; mount /proc, and do not replace the file during the run"
        }
    }
}

extension Toolchain {
    /// Checks that go can use a cache program: GOCACHEPROG is read since go1.24.
    ///
    /// - Throws: `BuildError.goTooOldForCache`.
    public func checkUsesCacheProgram() throws(BuildError) {
        guard let found = GoVersion(version), found < .readingCacheProgram else { return }
        throw .goTooOldForCache(executable, version: version)
    }
}
