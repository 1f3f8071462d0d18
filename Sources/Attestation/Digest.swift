import Crypto
import ELF
public import Files
import Text
public import Verification

/// A SHA-256 digest (FIPS 180-4).
public struct Digest: Sendable, Hashable, CustomStringConvertible {
    /// The digest as 64 lower-case hexadecimal digits.
    public let hexadecimal: String

    /// Parses 64 lower-case hexadecimal digits. Returns nil for any other text.
    public init?(hexadecimal text: String) {
        guard text.utf8.count == 64, text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
            return nil
        }
        hexadecimal = text
    }

    /// Computes the digest of `bytes`.
    public init(of bytes: [UInt8]) { self.init(SHA256.hash(data: bytes)) }

    /// Computes the digest of a file, piece by piece, so that large files are never held in memory.
    ///
    /// - Throws: `FileError` if the file cannot be read, or changes while it is read.
    public init(of file: borrowing OpenFile) throws(FileError) {
        var stream = DigestStream()
        try file.forEachPiece { stream.update($0) }
        try file.checkUnchanged()
        self = stream.digest
    }

    init(_ digest: SHA256.Digest) {
        hexadecimal = digest.hexadecimal
    }

    /// Computes the digest of a policy's canonical text. A stamp holds it, so the gate can tell that the policy has changed.
    public init(of policy: Policy) { self.init(of: Array(policy.canonicalText.utf8)) }

    /// The 32 raw bytes of the SHA-256 digest of `bytes`.
    static func bytes(of bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

    /// The 64 hexadecimal digits.
    public var description: String { hexadecimal }
}

/// Computes a digest of bytes that arrive in pieces.
public struct DigestStream: Sendable {
    private var hash = SHA256()

    /// Starts with no bytes.
    public init() {}

    /// Appends the next bytes.
    public mutating func update(_ bytes: ArraySlice<UInt8>) { hash.update(data: bytes) }

    /// The digest of all bytes so far; more may follow.
    public var digest: Digest { Digest(hash.finalize()) }
}
