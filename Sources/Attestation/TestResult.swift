import Verification

/// The predicate of an in-toto test result: the rules that were applied to a file, and what each found.
///
/// Source: https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md
public struct TestResult: Codable, Sendable {
    /// `PASSED`, `WARNED` if a rule has a warning, or `FAILED` if a rule has an error.
    public let result: String
    /// The policy.
    public let configuration: [ResourceDescriptor]
    /// The rules that were tried, and found nothing or have a note.
    public let passedTests: [String]
    /// The rules that have a warning.
    public let warnedTests: [String]
    /// The rules that have an error; empty in a stamp.
    public let failedTests: [String]
    /// The rules that the policy turns off (an extension field).
    public let rulesOff: [String]
    /// The rules that were not tried (an extension field); nil in stamps of earlier versions.
    public let rulesNotTried: [String]?

    /// The `predicateType` of a statement with this predicate.
    public static let predicateType = "https://in-toto.io/attestation/test-result/v0.1"

    init(by maker: Stamp.Maker, _ judgement: Judgement) {
        func rules(_ level: Level) -> Set<String> { Set(judgement.findings.filter { $0.level == level }.map(\.rule)) }
        let warned = rules(.warning)
        let failed = rules(.error)
        let applied = Rule.ofPrograms.filter { maker.policy.level(of: $0) != nil }.map(\.identifier)
        configuration = [maker.policyDescriptor]
        warnedTests = applied.filter(warned.contains)
        failedTests = applied.filter(failed.contains)
        let notPassed = warned.union(failed).union(judgement.untried)
        passedTests = applied.filter { !notPassed.contains($0) }
        rulesNotTried = judgement.untried
        rulesOff = Rule.ofPrograms.map(\.identifier).filter { !applied.contains($0) }
        result = !failed.isEmpty ? "FAILED" : warned.isEmpty ? "PASSED" : "WARNED"
    }

    private enum CodingKeys: String, CodingKey {
        case result, configuration, passedTests, warnedTests, failedTests
        case rulesOff = "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#rules-off/v0.1"
        case rulesNotTried = "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#rules-not-tried/v0.1"
    }
}
