import ScratchImage
public import Verification

/// What is said of the rules, made from the rules themselves.
public enum RuleDocumentation {
    /// The rules for binaries and images, then those for Dockerfiles.
    public static let all: [any RuleDocument] = Rule.all + DockerfileRule.all

    /// One rule, for a terminal.
    public static func text(of rule: any RuleDocument) -> String {
        let parts = sections(of: rule).map { "\n\($0.title)\n  \($0.text)\n" }
        return "\(rule.identifier) (\(rule.level.rawValue)): \(rule.summary)\n" + parts.joined()
    }

    /// All rules, a line each.
    public static func list(_ rules: [any RuleDocument]) -> String {
        TextTable.render([["RULE", "LEVEL", "WHAT"]] + rules.map { [$0.identifier, $0.level.rawValue, $0.summary] })
    }

    /// All rules, as the page docs/rules.md.
    public static func markdown(_ rules: [any RuleDocument]) -> String {
        let head = "# Rules\n\nMade by `staticcheck explain --markdown`; edit the rules, not this page.\n"
        return head
            + rules.map { rule in
                "\n## \(rule.identifier)\n\n\(rule.summary). Level: \(rule.level.rawValue).\n"
                    + sections(of: rule).map { "\n**\($0.title).** \($0.text)\n" }.joined()
            }.joined()
    }

    private static func sections(of rule: any RuleDocument) -> [(title: String, text: String)] {
        [
            ("Why it matters", rule.rationale), ("How it is detected", rule.detection),
            ("What it can miss", rule.limits),
            ("How to mend it", rule.remedy), ("Reference", rule.reference),
        ]
    }
}
