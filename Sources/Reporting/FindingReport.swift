import Dockerfiles
public import Verification

/// A finding, as reports show it.
public struct FindingReport: Sendable, Codable {
    /// The rule.
    public let rule: String
    /// Its weight.
    public let level: Level
    /// What will happen, and why.
    public let message: String
    /// What shows it.
    public let evidence: String
    /// How to mend it.
    public let remedy: String
    /// What in the build led to it, where that is known.
    public let causes: [String]?
    /// Why it is let pass, where an exception of the policy says so.
    public let exception: String?
    /// The line, from 1, for a finding in a text.
    public let line: Int?
    /// The column, from 1.
    public let column: Int?

    /// An error that no rule of the policy has.
    init(rule: String, message: String, evidence: String, remedy: String) {
        self.rule = rule
        level = .error
        self.message = message
        self.evidence = evidence
        self.remedy = remedy
        causes = nil
        exception = nil
        line = nil
        column = nil
    }

    init(_ finding: Finding, causes: [String]) {
        rule = finding.rule
        level = finding.level
        message = finding.message.description
        evidence = finding.evidence
        remedy = finding.remedy
        exception = finding.exception
        line = finding.place?.line
        column = finding.place?.column
        self.causes = causes.isEmpty || !finding.isOfDynamicLinking ? nil : causes
    }
}
