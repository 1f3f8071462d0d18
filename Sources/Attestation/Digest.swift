import Crypto

/// A SHA-256 digest.
public struct Digest: Sendable, Hashable, CustomStringConvertible {
    /// Sixty-four lower-case hexadecimal digits.
    public let hexadecimal: String

    /// Hashes bytes.
    public init(of bytes: [UInt8]) {
        hexadecimal = SHA256.hash(data: bytes).map { byte in
            byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16)
        }.joined()
    }

    /// The hexadecimal digits.
    public var description: String { hexadecimal }
}
