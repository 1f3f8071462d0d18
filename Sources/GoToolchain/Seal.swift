import Crypto

/// The SHA-256 digest of everything on which an answer depends, in 64 hexadecimal digits.
struct Seal: Sendable, Hashable {
    let text: String

    /// The size of the text in bytes.
    static let size = 2 * SHA256.byteCount

    /// Seals some parts. Where a part ends counts.
    init(_ parts: some Sequence<some Collection<UInt8>>) {
        var hash = SHA256()
        for part in parts {
            unsafe withUnsafeBytes(of: UInt64(part.count)) { unsafe hash.update(bufferPointer: $0) }
            hash.update(data: Array(part))
        }
        text = hash.finalize().map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    /// Takes the text of a seal.
    init(text: some Collection<UInt8>) { self.text = String(decoding: text, as: UTF8.self) }
}
