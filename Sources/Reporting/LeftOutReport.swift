import GoBinary
public import Verification

/// A program that matches a pattern but is not built on a platform, so there is no file.
public struct LeftOutReport: Sendable, Codable {
    /// The folder of its sources.
    public let path: String
    /// The import path of the main package.
    public let package: String?
    /// One of its files, from the repository's root; nil if they lie outside of it.
    public let source: String?
    /// The platform, as the command line spells it.
    public let platform: String?
    /// `left-out`.
    public let verdict: Verdict
    /// Always 0; the field is part of every entry.
    public let milliseconds: Int
    /// Why it is not built; empty if the rule is off.
    public let findings: [FindingReport]

    /// Reports on a program.
    public init(path: String, source: String?, _ program: LeftOutProgram, _ judgement: Judgement) {
        self.path = path
        self.package = program.package
        self.source = source
        self.platform = program.platform.description
        verdict = judgement.verdict
        milliseconds = 0
        findings = judgement.findings.map { FindingReport($0, causes: []) }
    }
}

extension LeftOutReport: ReportEntryContent {
    var kind: ReportEntryKind { .leftOut }
    var inapplicability: String { findings.first?.message ?? "not built" }
    var artifacts: [ReportArtifact] { [] }
    var testGroup: [String] { [platformGroup ?? "unknown"] }
    func tests(_ policy: PolicySummary) -> [String] { ["build"] }
}
