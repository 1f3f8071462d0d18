import Attestation
import GoBinary
public import Verification

/// The policy of a report, by its digest and rules.
public struct PolicySummary: Sendable, Codable, Hashable {
    private let digest: PolicyDigest
    /// Levels by rule; `off` for a rule that is not applied.
    public let rules: [String: String]
    /// What was changed from each rule's own level, and why.
    public let changes: [Change]
    /// What is let pass, and why; absent where nothing is.
    public let exceptions: [Exception]?

    /// SHA-256 of the canonical policy.
    public var sha256: String { digest.hexadecimal }

    private enum CodingKeys: String, CodingKey {
        case digest = "sha256"
        case rules, changes, exceptions
    }

    /// A rule at another level than its own.
    public struct Change: Sendable, Codable, Hashable {
        /// The rule.
        public let rule: String
        /// The level in force, or `off`.
        public let level: String
        /// Why, in the words of whoever changed it.
        public let reason: String?
    }

    /// A rule whose findings are let pass.
    public struct Exception: Sendable, Codable, Hashable {
        /// The rule.
        public let rule: String
        /// Why, in the words of whoever made it.
        public let reason: String
        /// The last day on which it holds, `2027-01-31`.
        public let until: String?
        /// The programs; absent for all.
        public let packages: [String]?
        /// The platforms; absent for all.
        public let platforms: [String]?
        /// Whether it has ended, so that it let nothing pass.
        public let hasEnded: Bool

        init(_ exception: Verification.Exception, hasEnded: Bool) {
            rule = exception.rule
            reason = exception.reason
            until = exception.until
            packages = exception.packages.isEmpty ? nil : exception.packages
            platforms = exception.platforms.isEmpty ? nil : exception.platforms.map(\.description)
            self.hasEnded = hasEnded
        }
    }

    /// Sums up a policy.
    public init(_ policy: Policy) {
        digest = .made(of: policy)
        rules = Dictionary(Rule.ofPrograms.map { ($0.identifier, policy.level(of: $0)?.rawValue ?? "off") }) {
            first, _ in
            first
        }
        changes = policy.changes.map {
            Change(rule: $0.rule, level: $0.level?.rawValue ?? "off", reason: $0.reason)
        }
        let exceptions =
            policy.exceptions.map { Exception($0, hasEnded: false) }
            + policy.endedExceptions.map { Exception($0, hasEnded: true) }
        self.exceptions = exceptions.isEmpty ? nil : exceptions
    }

    /// The level of a rule, or `off`. The levels of rules about Dockerfiles are not part of ``rules``.
    func level(of rule: RuleDocument) -> String {
        rules[rule.identifier] ?? changes.last { $0.rule == rule.identifier }?.level ?? rule.level.rawValue
    }
}
