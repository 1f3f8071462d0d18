public import Attestation

/// The name of an image that exists, `example.com/team/app:1.0@sha256:…`; the digest is optional.
public struct PinnedReference: Sendable, Hashable, CustomStringConvertible {
    /// The name and the tag.
    public let reference: ImageReference
    /// The digest that the image must have.
    public let digest: Digest?
    private let text: String

    /// Reads a name, with a tag or not, and with a digest or not; nil if the text is no such name.
    public init?(_ text: String) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let reference = ImageReference(String(parts[0])) else { return nil }
        if parts.count == 2 {
            guard let digest = Digest(inOCI: String(parts[1])) else { return nil }
            self.digest = digest
        } else {
            digest = nil
        }
        self.reference = reference
        self.text = text
    }

    /// The name as it was written.
    public var description: String { text }
}
