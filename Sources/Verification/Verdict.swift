import GoBinary

/// What is decided of one file.
public enum Verdict: String, Sendable, Hashable, Codable {
    /// It runs in an empty root, on the platform asked for.
    case ready
    /// It does not.
    case notReady = "not-ready"
    /// It is not for Linux, so the question does not arise.
    case notApplicable = "not-applicable"
    /// It could not be built or read, so nothing is known.
    case failed
}

/// A set of rules in force.
public struct Policy: Sendable {
    /// The rules, in the order in which they are applied.
    public let rules: [Rule]

    /// Every rule at its own level.
    public static let standard = Policy(rules: Rule.all)

    /// The canonical text of the policy, whose digest goes into a stamp: a line a rule, in the order of their names.
    public var canonicalText: String {
        "scratch-ready policy v1\n"
            + rules.map { "\($0.identifier) \($0.level.rawValue)\n" }.sorted().joined()
    }

    /// Applies the rules to a file.
    public func judge(_ subject: Subject) -> Judgement {
        if let expected = subject.expected, !expected.isLinux {
            return Judgement(verdict: .notApplicable, findings: [])
        }
        let findings = rules.flatMap { $0.findings(in: subject) }
        return Judgement(verdict: findings.contains { $0.level == .error } ? .notReady : .ready, findings: findings)
    }
}

/// A verdict with its reasons.
public struct Judgement: Sendable {
    /// The verdict.
    public let verdict: Verdict
    /// What the rules saw.
    public let findings: [Finding]
}
