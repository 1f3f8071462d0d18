import GoBinary
import Text

/// A pattern of import paths or module paths, as the go command has them: `net/http/pprof`, `golang.org/x/...`.
public struct ImportPattern: Sendable, Hashable, CustomStringConvertible {
    private let wildcard: Wildcard

    /// Reads a pattern.
    ///
    /// - Throws: `DemandError` if it is not one.
    public init(parsing text: String) throws(DemandError) {
        guard !text.isEmpty, text.utf8.count <= 1024, !text.hasPrefix("/"), !text.hasSuffix("/"),
            text.utf8.allSatisfy({ $0.isASCIILetterOrDigit || "-._~/+".utf8.contains($0) || $0 > 0x7f })
        else { throw .pattern(text) }
        wildcard = Wildcard(text)
    }

    /// The pattern.
    public var description: String { wildcard.text }

    /// Whether a path matches as a whole.
    public func matches(_ path: String) -> Bool { wildcard.matches(path) }

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
