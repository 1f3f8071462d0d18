import Crypto
public import Files
import Text

/// A SHA-512 digest (FIPS 180-4), which BSI TR-03183-2 asks for.
public struct LongDigest: Sendable, Hashable {
    /// The digest as 128 lower-case hexadecimal digits.
    public let hexadecimal: String

    /// Computes the digest of `bytes`.
    public init(of bytes: [UInt8]) { self.init(SHA512.hash(data: bytes)) }

    /// Computes the digest of a file, piece by piece, so that large files are never held in memory.
    ///
    /// - Throws: `FileError` if the file cannot be read, or changes while it is read.
    public init(of file: borrowing OpenFile) throws(FileError) {
        var hash = SHA512()
        try file.forEachPiece { hash.update(data: $0) }
        try file.checkUnchanged()
        self.init(hash.finalize())
    }

    private init(_ digest: SHA512.Digest) {
        hexadecimal = digest.hexadecimal
    }
}
