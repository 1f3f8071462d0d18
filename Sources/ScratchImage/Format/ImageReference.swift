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
        guard !parts.isEmpty, name.utf8.count <= 255 else { return false }
        return parts.enumerated().allSatisfy { index, part in
            // The first part may be a host, with a port.
            let isHost = index == 0 && parts.count > 1
            let letters = part.utf8.allSatisfy { byte in
                (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || "-._".utf8.contains(byte)
                    || (isHost && (byte == UInt8(ascii: ":") || (0x41...0x5a).contains(byte)))
            }
            return letters && !part.isEmpty && !"-._".contains(part.first ?? "-") && !"-._".contains(part.last ?? "-")
        }
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
