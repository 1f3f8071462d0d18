public import Verification

/// What was found in a Dockerfile.
public struct DockerfileReport: Sendable, Codable {
    /// The path of the Dockerfile.
    public let path: String
    /// The verdict; `not-applicable` if its final stage is based on neither scratch nor distroless.
    public let verdict: Verdict
    /// How long it took to lint, in milliseconds.
    public let milliseconds: Int
    /// The findings of the rules, each with its line and column.
    public let findings: [FindingReport]

    /// Reports on a Dockerfile.
    public init(path: String, isApplicable: Bool, findings: [Finding], duration: Duration) {
        self.path = path
        verdict = !isApplicable ? .notApplicable : findings.contains { $0.level == .error } ? .notReady : .ready
        milliseconds = Int(duration / .milliseconds(1))
        self.findings = findings.map { FindingReport($0, causes: []) }
    }
}

extension DockerfileReport: ReportEntryContent {
    var kind: ReportEntryKind { .dockerfile }
    var inapplicability: String { "its final stage is from neither scratch nor distroless" }
    var artifacts: [ReportArtifact] { [ReportArtifact(path: path, mediaType: "text/x-dockerfile")] }
    var testGroup: [String] { ["dockerfile"] }
    func tests(_ policy: PolicySummary) -> [String] { policy.enabled(Rule.ofDockerfiles) }
}
