public import Verification

/// What was found in a Dockerfile.
public struct DockerfileFinding: Sendable, Hashable {
    /// The rule.
    public let rule: String
    /// Its weight.
    public let level: Level
    /// Where.
    public let place: Dockerfile.Place
    /// What will happen.
    public let message: String
    /// What shows it.
    public let evidence: String
    /// How to mend it.
    public let remedy: String
}
