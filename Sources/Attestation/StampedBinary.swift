public import GoBinary
public import Verification

/// A file that a gate has admitted. Only `Gate` can make one.
public struct Admission: Sendable {
    /// The size of the file in bytes.
    public let size: Int
    /// The file's permission bits.
    public let permissions: UInt32
    /// The platform that it was verified for.
    public let platform: Platform
    /// The SHA-256 digest of the whole file, as it was verified.
    public let digest: Digest
    /// When it was verified, RFC 3339 in UTC.
    public let timeVerified: String
    /// The file's name in its stamp, if the file was renamed since and the gate allows that.
    public let stampedName: String?
    /// The files that the program needs in its root, such as CA certificates.
    public let needs: Set<RuntimeNeed>
    /// The Go build info in the file; nil for other programs.
    public let buildInfo: BuildInfo?
    /// The summary of the image by which its program was admitted; nil if it was admitted by a stamp of its own.
    public let summary: AdmittingSummary?

    init(
        size: Int, permissions: UInt32, platform: Platform, digest: Digest, timeVerified: String,
        stampedName: String?, subject: Subject, summary: AdmittingSummary? = nil
    ) {
        self.size = size
        self.permissions = permissions
        self.platform = platform
        self.digest = digest
        self.timeVerified = timeVerified
        self.stampedName = stampedName
        needs = subject.needs
        buildInfo = subject.buildInfo
        self.summary = summary
    }

    /// The platform; for arm without a variant, with the one that Go chose by default, because indexes must name it.
    public var builtPlatform: Platform { platform.built(with: buildInfo?.settings ?? [:]) }
}

/// The bytes of a binary that a gate has admitted: the only thing that images are made from. Only `Gate` can make one.
@dynamicMemberLookup
public struct StampedBinary: Sendable {
    /// The whole file, as it was verified.
    public let bytes: [UInt8]
    /// What the gate knows of it. Its properties can be read as those of the binary.
    public let admission: Admission

    init(bytes: [UInt8], admission: Admission) {
        self.bytes = bytes
        self.admission = admission
    }

    /// A property of the admission.
    public subscript<Value>(dynamicMember property: KeyPath<Admission, Value>) -> Value { admission[keyPath: property] }
}
