public import GoBinary

/// A binary that a gate has let through: the only thing that may be packaged. Nobody but a gate can make one.
public struct StampedBinary: Sendable {
    /// The whole file, as it was verified.
    public let bytes: [UInt8]
    /// Its permission bits.
    public let permissions: UInt32
    /// What it was verified for.
    public let platform: Platform
    /// SHA-256 of the bytes.
    public let digest: Digest
    /// When it was verified, RFC 3339 in UTC.
    public let timeVerified: String

    init(bytes: [UInt8], permissions: UInt32, platform: Platform, digest: Digest, timeVerified: String) {
        self.bytes = bytes
        self.permissions = permissions
        self.platform = platform
        self.digest = digest
        self.timeVerified = timeVerified
    }
}
