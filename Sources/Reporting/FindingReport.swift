import Dockerfiles
public import Verification

/// A finding of a rule, as reports show it.
public struct FindingReport: Sendable, Codable {
    /// The identifier of the rule.
    public let rule: String
    /// How severe it is under the policy.
    public let level: Level
    /// What will happen in the container, and why.
    public private(set) var message: String
    /// What in the file shows it.
    public private(set) var evidence: String
    /// How to fix it.
    public private(set) var remedy: String
    /// What in the build caused it, one step per element; nil if unknown.
    public let causes: [String]?
    /// The reason of the policy's exception that lets it pass; nil without one.
    public let exception: String?
    /// The needed library that it is about; nil for every other finding.
    public let library: String?
    /// The vulnerability that it is about; nil for every other finding.
    public let advisory: Advisory?
    /// The line, from 1; nil if it is not about a text.
    public let line: Int?
    /// The column, from 1; nil if it is not about a text.
    public let column: Int?

    /// A finding that is not by a rule of the policy.
    init(rule: String, level: Level = .error, message: String, evidence: String, remedy: String) {
        self.rule = rule
        self.level = level
        self.message = message
        self.evidence = evidence
        self.remedy = remedy
        causes = nil
        exception = nil
        library = nil
        advisory = nil
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
        library = finding.library
        advisory = finding.advisory
        line = finding.place?.line
        column = finding.place?.column
        self.causes = causes.isEmpty || !finding.isOfDynamicLinking ? nil : causes
    }

    /// The finding in other words.
    func saying(_ message: String, evidence: String, remedy: String? = nil) -> FindingReport {
        var finding = self
        finding.message = message
        finding.evidence = evidence
        if let remedy { finding.remedy = remedy }
        return finding
    }
}
