/// What is decided of one file.
public enum Verdict: String, Sendable, Hashable, Codable {
    /// It runs in an empty root, on the platform asked for.
    case ready
    /// It does not.
    case notReady = "not-ready"
    /// It is not for Linux, so the question does not arise.
    case notApplicable = "not-applicable"
    /// It could not be built or read, so nothing is known.
    case failed
}

/// A verdict with its reasons.
public struct Judgement: Sendable {
    /// The verdict.
    public let verdict: Verdict
    /// What the rules saw.
    public let findings: [Finding]
}
