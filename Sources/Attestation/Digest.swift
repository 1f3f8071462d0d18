import Crypto

/// A SHA-256 digest.
public struct Digest: Sendable, Hashable, CustomStringConvertible {
    /// Sixty-four lower-case hexadecimal digits.
    public let hexadecimal: String

    /// Reads sixty-four hexadecimal digits; nil for text of another shape.
    public init?(hexadecimal text: String) {
        guard text.utf8.count == 64, text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
            return nil
        }
        hexadecimal = text
    }

    /// Hashes bytes.
    public init(of bytes: [UInt8]) {
        hexadecimal = SHA256.hash(data: bytes).map { byte in
            byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16)
        }.joined()
    }

    /// The hexadecimal digits.
    public var description: String { hexadecimal }
}
