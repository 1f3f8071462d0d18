public import GoBinary
public import Verification

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
    /// What it looks for in its root.
    public let needs: Set<RuntimeNeed>
    /// What it says of its build.
    public let buildInfo: BuildInfo?

    init(
        bytes: [UInt8], permissions: UInt32, platform: Platform, digest: Digest, timeVerified: String, subject: Subject
    ) {
        self.bytes = bytes
        self.permissions = permissions
        self.platform = platform
        self.digest = digest
        self.timeVerified = timeVerified
        needs = subject.needs
        buildInfo = subject.buildInfo
    }
}
