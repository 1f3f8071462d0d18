/// A pattern in which `...` stands for any text. `x/...` matches `x` too.
///
/// Source: `go help packages`; cmd/internal/pkgpattern.
public struct Wildcard: Sendable, Hashable {
    /// The pattern.
    public let text: String
    private let pieces: [String]

    /// What stands for any text.
    public static let sign = "..."

    /// Takes a pattern.
    public init(_ text: String) {
        self.text = text
        pieces = text.split(separator: Wildcard.sign, omittingEmptySubsequences: false).map(String.init)
    }

    /// Whether a path matches as a whole.
    public func matches(_ path: String) -> Bool {
        if text.hasSuffix("/" + Wildcard.sign), path == text.dropLast(4) { return true }
        guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else { return path == text }
        guard path.hasPrefix(first) else { return false }
        var rest = path.dropFirst(first.count)
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let range = rest.firstRange(of: piece) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.hasSuffix(last)
    }
}
