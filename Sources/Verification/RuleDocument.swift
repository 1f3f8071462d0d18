/// What is said of a rule, whatever it looks at: the ground of `explain`, of rule tables and of the documentation.
public protocol RuleDocument: Sendable {
    /// The name by which people and files refer to the rule.
    var identifier: String { get }
    /// The weight of its findings, unless somebody changes it.
    var level: Level { get }
    /// What is wrong, in one line.
    var summary: String { get }
    /// Why it matters.
    var rationale: String { get }
    /// How it is detected.
    var detection: String { get }
    /// What it can miss.
    var limits: String { get }
    /// How to mend it.
    var remedy: String { get }
    /// Where the ground of the rule can be read.
    var reference: String { get }
}

extension Rule: RuleDocument {}
