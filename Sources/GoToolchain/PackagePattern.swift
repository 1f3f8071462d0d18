import SystemPackage

/// A package pattern with a wildcard, as go understands it (`go help packages`).
struct PackagePattern: Sendable, Hashable {
    /// The pattern; a path is absolute.
    let text: String

    /// Reads a pattern.
    ///
    /// - Parameter directory: Where a relative path starts.
    /// - Returns: nil if the pattern has no wildcard.
    init?(_ text: String, in directory: FilePath) {
        guard text.contains(PackagePattern.wildcard) || text == "all" else { return nil }
        self.text =
            PackagePattern.isPath(text)
            ? directory.pushing(FilePath(text)).lexicallyNormalized().string : text == "all" ? "..." : text
    }

    private static let wildcard = "..."

    private static func isPath(_ text: String) -> Bool {
        text.hasPrefix("/") || text.hasPrefix("./") || text.hasPrefix("../")
    }

    /// The folder below which all folders are that the pattern can match; nil if it is about import paths.
    var root: FilePath? {
        guard text.hasPrefix("/"), let start = text.firstRange(of: PackagePattern.wildcard)?.lowerBound else {
            return nil
        }
        return FilePath(String(text[..<(text[..<start].lastIndex(of: "/") ?? start)]) + "/").lexicallyNormalized()
    }

    /// Whether the pattern matches an absolute path or an import path.
    func matches(_ name: String) -> Bool {
        if text.hasSuffix("/" + PackagePattern.wildcard), name == text.dropLast(4) { return true }
        let pieces = text.split(separator: PackagePattern.wildcard, omittingEmptySubsequences: false)
        guard let first = pieces.first, let last = pieces.last, pieces.count > 1, name.hasPrefix(first) else {
            return false
        }
        var rest = name.dropFirst(first.count)
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let range = rest.firstRange(of: piece) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.hasSuffix(last)
    }
}
