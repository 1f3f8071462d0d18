import Crypto
import Text

/// The SHA-256 digest of some parts, in 64 hexadecimal digits, as it stands in a record.
struct Seal: Sendable, Hashable {
    let text: String

    /// The size of the text in bytes.
    static let size = 2 * SHA256.byteCount

    /// Seals some parts. Where a part ends counts.
    init(_ parts: some Sequence<some Collection<UInt8>>) {
        var hash = SHA256()
        for part in parts {
            hash.update(data: Array("\(part.count)\n".utf8))
            hash.update(data: Array(part))
        }
        text = hash.finalize().hexadecimal
    }

    /// Takes what stands in a record where a seal should be.
    init(text: some Collection<UInt8>) { self.text = String(decoding: text, as: UTF8.self) }
}
