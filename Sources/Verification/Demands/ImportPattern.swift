import Text

/// A pattern of import paths or module paths, as the go command has them: `net/http/pprof`, `golang.org/x/...`.
public struct ImportPattern: Sendable, Hashable, CustomStringConvertible {
    /// The pattern.
    public let description: String
    private let pieces: [String]

    /// Reads a pattern.
    ///
    /// - Throws: `DemandError` if it is not one.
    public init(parsing text: String) throws(DemandError) {
        guard !text.isEmpty, text.utf8.count <= 1024, !text.hasPrefix("/"), !text.hasSuffix("/"),
            text.utf8.allSatisfy({ $0.isASCIILetterOrDigit || "-._~/+".utf8.contains($0) || $0 > 0x7f })
        else { throw .pattern(text) }
        description = text
        pieces = text.split(separator: "...", omittingEmptySubsequences: false).map(String.init)
    }

    /// Whether a path matches. `...` stands for any text, and a path also matches with `/...` behind it.
    ///
    /// Source: `go help packages`; cmd/internal/pkgpattern.
    public func matches(_ path: String) -> Bool {
        if description.hasSuffix("/..."), pieces.count == 2, path == pieces[0].dropLast() { return true }
        guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else { return path == description }
        guard path.hasPrefix(first) else { return false }
        var rest = path.dropFirst(first.count)
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let range = rest.firstRange(of: piece) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.hasSuffix(last)
    }

    /// Whether a package belongs to a module whose path matches.
    func matchesModule(of package: String) -> Bool {
        var path = package[...]
        while true {
            if matches(String(path)) { return true }
            guard let slash = path.lastIndex(of: "/") else { return false }
            path = path[..<slash]
        }
    }
}
