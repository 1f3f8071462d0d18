import Crypto

/// The digest of bytes that come one piece after the other.
public struct DigestStream: Sendable {
    private var hash = SHA256()

    /// Starts with no bytes.
    public init() {}

    /// Adds bytes.
    public mutating func update(_ bytes: ArraySlice<UInt8>) { hash.update(data: bytes) }

    /// The digest of all bytes so far.
    public var digest: Digest { Digest(hash.finalize()) }
}
