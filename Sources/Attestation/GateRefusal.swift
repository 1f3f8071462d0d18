/// Why a gate does not let a file through.
public struct GateRefusal: Error, Sendable, CustomStringConvertible {
    /// The kind of reason.
    public let reason: Reason
    /// The particulars, for a person.
    public let description: String

    /// Kinds of reasons, each of its own for a program to act on.
    public enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
        /// There is no stamp.
        case missing
        /// The stamp cannot be read, or is none of ours.
        case malformed
        /// It is signed by nobody who is trusted.
        case unknownKey = "unknown-key"
        /// It claims a trusted key, and is not signed by it.
        case badSignature = "bad-signature"
        /// It speaks of other bytes.
        case digestMismatch = "digest-mismatch"
        /// The file was verified against another policy.
        case stalePolicy = "stale-policy"
        /// The verification is older than is allowed.
        case expired
        /// The verification is yet to come.
        case fromTheFuture = "from-the-future"
        /// The file is not for the platform that the stamp names.
        case wrongPlatform = "wrong-platform"
        /// The file is not scratch-ready.
        case notReady = "not-ready"

        /// How far a stamp came that is refused for this reason: of several, the one that came furthest is told.
        var progress: Int { Reason.allCases.firstIndex(of: self) ?? 0 }
    }

    /// Refuses something.
    public init(_ reason: Reason, _ description: String) {
        self.reason = reason
        self.description = description
    }
}
