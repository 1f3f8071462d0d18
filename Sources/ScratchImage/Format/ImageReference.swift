/// The name of an image, `example.com/team/app:1.0`.
///
/// Source: the grammar at https://pkg.go.dev/github.com/distribution/reference, without digests.
public struct ImageReference: Sendable, Hashable, CustomStringConvertible {
    /// The registry and the repository.
    public let name: String
    /// The tag; default: `latest`.
    public let tag: String

    /// Reads `name` or `name:tag`; nil if the text is not a reference.
    public init?(_ text: String) {
        let slash = text.lastIndex(of: "/") ?? text.startIndex
        let colon = text[slash...].lastIndex(of: ":")
        let name = String(text[..<(colon ?? text.endIndex)])
        let tag = colon.map { String(text[text.index(after: $0)...]) } ?? "latest"
        guard ImageReference.isName(name), ImageReference.isTag(tag) else { return nil }
        self.name = name
        self.tag = tag
    }

    private static func isName(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, name.utf8.count <= 255 else { return false }
        // The first part may be a host, with a port.
        let isHost = parts.count > 1 && isHost(first)
        return parts.dropFirst(isHost ? 1 : 0).allSatisfy(isComponent)
    }

    /// `path-component`: words of small letters and digits. Between two is a point, one or two underscores, or hyphens.
    private static func isComponent(_ part: Substring) -> Bool {
        isWords(part, of: { ("a"..."z").contains($0) || ("0"..."9").contains($0) }) {
            [".", "_", "__"].contains($0) || $0.allSatisfy { $0 == "-" }
        }
    }

    /// `domain`: labels with points between them, and perhaps a port.
    private static func isHost(_ part: Substring) -> Bool {
        let (name, port) = (part.prefix { $0 != ":" }, part.drop { $0 != ":" })
        guard port.isEmpty || port.count > 1 && port.dropFirst().allSatisfy({ ("0"..."9").contains($0) }) else {
            return false
        }
        return isWords(name, of: { $0.isASCII && ($0.isLetter || $0.isNumber) }) {
            $0 == "." || $0.allSatisfy { $0 == "-" }
        }
    }

    /// Whether a text is words of some characters, with one of some separators between each two.
    private static func isWords(
        _ text: Substring, of isLetter: (Character) -> Bool, between isSeparator: (Substring) -> Bool
    ) -> Bool {
        guard let first = text.first, let last = text.last, isLetter(first), isLetter(last) else { return false }
        return text.split(whereSeparator: isLetter).allSatisfy(isSeparator)
    }

    private static func isTag(_ tag: String) -> Bool {
        (1...128).contains(tag.utf8.count) && !".-".contains(tag.first ?? ".")
            && tag.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                    || "-._".utf8.contains(byte)
            }
    }

    /// `name:tag`.
    public var description: String { "\(name):\(tag)" }
}
