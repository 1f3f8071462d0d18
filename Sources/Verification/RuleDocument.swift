/// What `explain`, the rule tables of reports and docs/rules.md say about a rule.
public struct RuleDocument: Sendable, Hashable {
    /// The name of the rule in reports, policies and command lines.
    public let identifier: String
    /// The level of its findings, unless a policy changes it.
    public let level: Level
    /// What is wrong, in one line.
    public let summary: String
    /// Why it matters.
    public let rationale: String
    /// How it is detected.
    public let detection: String
    /// What it can miss.
    public let limits: String
    /// How to fix it.
    public let remedy: String
    /// Where to read more: a specification, a manual page, source code.
    public let reference: String

    /// A part of the document with its title.
    public struct Section: Sendable, Hashable {
        /// The title, without a colon.
        public let title: String
        /// One paragraph.
        public let text: String
    }

    /// Everything except the summary, in reading order.
    public var sections: [Section] {
        [
            Section(title: "Why it matters", text: rationale), Section(title: "How it is detected", text: detection),
            Section(title: "What it can miss", text: limits), Section(title: "How to fix it", text: remedy),
            Section(title: "Reference", text: reference),
        ]
    }
}
