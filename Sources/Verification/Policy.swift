import GoBinary

/// The rules in force, each at its level.
public struct Policy: Sendable {
    /// What differs from every rule's own level, in the order given.
    public let changes: [Change]

    /// A rule at another level than its own, or off.
    public struct Change: Sendable, Hashable {
        /// The rule's identifier.
        public let rule: String
        /// The level; nil turns the rule off.
        public let level: Level?
        /// Why, in the words of whoever changed it.
        public let reason: String?

        /// Makes a change.
        public init(rule: String, level: Level?, reason: String? = nil) {
            self.rule = rule
            self.level = level
            self.reason = reason
        }
    }

    /// Every rule at its own level.
    public static let standard = Policy()

    private init() { changes = [] }

    /// Changes levels; of several changes of one rule the last counts.
    ///
    /// - Throws: `PolicyError` for a rule that there is not.
    public init(changes: [Change]) throws(PolicyError) {
        let known = Rule.all.map(\.identifier)
        if let unknown = changes.first(where: { !known.contains($0.rule) }) {
            let hint = Spelling.nearest(to: unknown.rule, in: known).map { "; did you mean \($0)?" } ?? ""
            throw PolicyError(description: "there is no rule '\(unknown.rule)'\(hint)")
        }
        self.changes = changes.enumerated().filter { index, change in
            !changes.dropFirst(index + 1).contains { $0.rule == change.rule }
        }.map(\.element)
    }

    /// The level of a rule in this policy; nil where it is off.
    public func level(of rule: Rule) -> Level? {
        guard let change = changes.first(where: { $0.rule == rule.identifier }) else { return rule.level }
        return change.level
    }

    /// The canonical text of the policy, whose digest goes into a stamp: a line a rule, in the order of their names.
    public var canonicalText: String {
        let lines = Rule.all.map { "\($0.identifier) \(level(of: $0)?.rawValue ?? "off")\n" }
        return "scratch-ready policy v1\n" + lines.sorted().joined()
    }

    /// Applies the rules to a file.
    public func judge(_ subject: Subject) -> Judgement {
        if let expected = subject.expected, !expected.isLinux {
            return Judgement(verdict: .notApplicable, findings: [])
        }
        let findings = Rule.all.flatMap { rule in
            level(of: rule).map { rule.findings(in: subject, at: $0) } ?? []
        }
        return Judgement(verdict: findings.contains { $0.level == .error } ? .notReady : .ready, findings: findings)
    }
}

/// Why a policy cannot be put in force.
public struct PolicyError: Error, Sendable, CustomStringConvertible {
    /// The message.
    public let description: String
}
