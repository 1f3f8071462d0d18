import Verification

/// The predicate of a test result: which rules were applied to a file, and what each said.
///
/// Source: https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md
public struct TestResult: Codable, Sendable {
    /// `PASSED`, or `WARNED` where a rule had a warning.
    public let result: String
    /// The policy.
    public let configuration: [ResourceDescriptor]
    /// The rules that had nothing to say, or a note.
    public let passedTests: [String]
    /// The rules that had a warning.
    public let warnedTests: [String]
    /// The rules that had an error: none in a stamp.
    public let failedTests: [String]
    /// The rules that the policy has turned off (an extension field).
    public let rulesOff: [String]

    /// `predicateType` of a statement that holds this predicate.
    public static let predicateType = "https://in-toto.io/attestation/test-result/v0.1"

    init(policy: Policy, descriptor: ResourceDescriptor, findings: [Finding]) {
        func rules(_ level: Level) -> Set<String> { Set(findings.filter { $0.level == level }.map(\.rule)) }
        let warned = rules(.warning)
        let failed = rules(.error)
        let applied = Rule.ofPrograms.filter { policy.level(of: $0) != nil }.map(\.identifier)
        configuration = [descriptor]
        warnedTests = applied.filter(warned.contains)
        failedTests = applied.filter(failed.contains)
        passedTests = applied.filter { !warned.contains($0) && !failed.contains($0) }
        rulesOff = Rule.ofPrograms.map(\.identifier).filter { !applied.contains($0) }
        result = !failed.isEmpty ? "FAILED" : warned.isEmpty ? "PASSED" : "WARNED"
    }

    private enum CodingKeys: String, CodingKey {
        case result, configuration, passedTests, warnedTests, failedTests
        case rulesOff = "https://scratchready.dev/attestation/rules-off/v0.1"
    }
}
