public import Verification

/// The documentation of the rules, made from the rules themselves.
public enum RuleDocumentation {
    /// What is said about each rule, in the order in which they are applied.
    public static let all: [RuleDocument] = Rule.all.map(\.document)

    /// One rule, for a terminal.
    public static func text(of rule: RuleDocument) -> String {
        let parts = rule.sections.map { "\n\($0.title)\n  \($0.text)\n" }
        return "\(rule.identifier) (\(rule.level.rawValue)): \(rule.summary)\n" + parts.joined()
    }

    /// All rules, one line each.
    public static func list(_ rules: [RuleDocument]) -> String {
        TextTable.render([["RULE", "LEVEL", "WHAT"]] + rules.map { [$0.identifier, $0.level.rawValue, $0.summary] })
    }

    /// All rules, as the page docs/rules.md.
    public static func markdown(_ rules: [RuleDocument]) -> String {
        let head = "# Rules\n\nMade by `staticcheck explain --markdown`; edit the rules, not this page.\n"
        return head
            + rules.map { rule in
                "\n## \(rule.identifier)\n\n\(rule.summary). Level: \(rule.level.rawValue).\n"
                    + rule.sections.map { "\n**\($0.title).** \($0.text)\n" }.joined()
            }.joined()
    }
}
