import GoBinary
import SystemPackage

/// A package pattern with a wildcard, as go understands it (`go help packages`).
struct PackagePattern: Sendable, Hashable {
    /// The pattern; a path is absolute.
    private let wildcard: Wildcard

    /// Reads a pattern.
    ///
    /// - Parameter directory: Where a relative path starts.
    /// - Returns: nil if the pattern has no wildcard.
    init?(_ text: String, in directory: FilePath) {
        guard text.contains(Wildcard.sign) || text == "all" else { return nil }
        wildcard = Wildcard(
            PackagePattern.isPath(text)
                ? directory.pushing(FilePath(text)).lexicallyNormalized().string : text == "all" ? Wildcard.sign : text)
    }

    private static func isPath(_ text: String) -> Bool {
        text.hasPrefix("/") || text.hasPrefix("./") || text.hasPrefix("../")
    }

    /// The folder below which all folders are that the pattern can match; nil if it is about import paths.
    var root: FilePath? {
        let text = wildcard.text
        guard text.hasPrefix("/"), let start = text.firstRange(of: Wildcard.sign)?.lowerBound else { return nil }
        return FilePath(String(text[..<(text[..<start].lastIndex(of: "/") ?? start)]) + "/").lexicallyNormalized()
    }

    /// Whether the pattern matches an absolute path or an import path.
    func matches(_ name: String) -> Bool { wildcard.matches(name) }
}
