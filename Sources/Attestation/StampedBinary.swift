public import GoBinary
public import Verification

/// A binary that a gate has admitted: the only thing that images are made from. Only `Gate` can make one.
public struct StampedBinary: Sendable {
    /// The whole file, as it was verified.
    public let bytes: [UInt8]
    /// The file's permission bits.
    public let permissions: UInt32
    /// The platform that it was verified for.
    public let platform: Platform
    /// The SHA-256 digest of `bytes`.
    public let digest: Digest
    /// When it was verified, RFC 3339 in UTC.
    public let timeVerified: String
    /// The files that the program needs in its root, such as CA certificates.
    public let needs: Set<RuntimeNeed>
    /// The Go build info in the file; nil for other programs.
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

    /// The platform; for arm without a variant, with the one that Go chose by default, because indexes must name it.
    public var builtPlatform: Platform { platform.built(with: buildInfo?.settings ?? [:]) }
}
