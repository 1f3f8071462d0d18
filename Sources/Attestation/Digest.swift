import Crypto
import ELF
public import Files
public import Verification

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
    public init(of bytes: [UInt8]) { self.init(SHA256.hash(data: bytes)) }

    /// Hashes a file, a piece after the other.
    ///
    /// - Throws: `FileError` where it cannot be read, or changes meanwhile.
    public init(of file: borrowing OpenFile) throws(FileError) {
        var stream = DigestStream()
        try file.forEachPiece { stream.update($0) }
        try file.checkUnchanged()
        self = stream.digest
    }

    init(_ digest: SHA256.Digest) {
        hexadecimal = digest.map { byte in
            byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16)
        }.joined()
    }

    /// The digest of a policy's canonical text, by which a stamp under another policy is known to be stale.
    public init(of policy: Policy) { self.init(of: Array(policy.canonicalText.utf8)) }

    /// The thirty-two bytes of the digest of other bytes.
    static func bytes(of bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

    /// The hexadecimal digits.
    public var description: String { hexadecimal }
}
