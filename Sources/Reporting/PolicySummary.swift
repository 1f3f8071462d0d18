import Attestation
import GoBinary
public import Verification

/// The policy of a report: its digest, its rules, and what differs from the standard policy.
public struct PolicySummary: Sendable, Codable, Hashable {
    private let digest: PolicyDigest
    /// The level of each rule; `off` for a rule that is not applied.
    public let rules: [String: String]
    /// The rules whose level was changed.
    public let changes: [Change]
    /// The exceptions; nil if there are none.
    public let exceptions: [Exception]?
    /// What is demanded of the inside of programs; nil if nothing is. It is not part of the digest.
    public let demands: [String]?

    /// The SHA-256 digest of the policy's canonical text, in hexadecimal.
    public var sha256: String { digest.hexadecimal }

    private enum CodingKeys: String, CodingKey {
        case digest = "sha256"
        case rules, changes, exceptions, demands
    }

    /// A rule whose level was changed.
    public struct Change: Sendable, Codable, Hashable {
        /// The identifier of the rule.
        public let rule: String
        /// The new level, or `off`.
        public let level: String
        /// The user's reason; nil if none was given.
        public let reason: String?
    }

    /// A rule whose findings become notes, for some programs or for all.
    public struct Exception: Sendable, Codable, Hashable {
        /// The identifier of the rule.
        public let rule: String
        /// The user's reason.
        public let reason: String
        /// The last day on which it holds, `2027-01-31`; nil for no end.
        public let until: String?
        /// The import paths of the programs; nil for all.
        public let packages: [String]?
        /// The platforms; nil for all.
        public let platforms: [String]?
        /// The paths of programs in images; nil for all.
        public let paths: [String]?
        /// The advisories; nil for all findings of the rule.
        public let advisories: [String]?
        /// Whether it has ended and so has no effect.
        public let hasEnded: Bool

        init(_ exception: Verification.Exception, hasEnded: Bool) {
            rule = exception.rule
            reason = exception.reason
            until = exception.until
            packages = exception.packages.isEmpty ? nil : exception.packages
            platforms = exception.platforms.isEmpty ? nil : exception.platforms.map(\.description)
            paths = exception.paths.isEmpty ? nil : exception.paths
            advisories = exception.advisories.isEmpty ? nil : exception.advisories
            self.hasEnded = hasEnded
        }
    }

    /// Describes a policy.
    public init(_ policy: Policy) {
        digest = .computed(of: policy)
        let levels = Rule.ofPrograms.map { ($0.identifier, policy.level(of: $0)?.rawValue ?? "off") }
        rules = Dictionary(levels) { first, _ in first }
        changes = policy.changes.map {
            Change(rule: $0.rule, level: $0.level?.rawValue ?? "off", reason: $0.reason)
        }
        let exceptions =
            policy.exceptions.map { Exception($0, hasEnded: false) }
            + policy.endedExceptions.map { Exception($0, hasEnded: true) }
        self.exceptions = exceptions.isEmpty ? nil : exceptions
        demands = policy.demands.isEmpty ? nil : policy.demands.texts
    }

    /// The level of a rule, or `off`. The levels of rules about Dockerfiles are not part of ``rules``.
    func level(of rule: RuleDocument) -> String {
        rules[rule.identifier] ?? changes.last { $0.rule == rule.identifier }?.level ?? rule.level.rawValue
    }

    /// Whether a note says that an error or a warning was let pass. People see it without asking, because the file may fail, and
    /// only the reason of the exception says why that is accepted. What is a note anyway, an exception makes no less harmless.
    func isDecision(_ finding: FindingReport) -> Bool {
        guard finding.exception != nil else { return false }
        return RuleDocumentation.all.contains { rule in
            rule.identifier == finding.rule && [Level.error, .warning].map(\.rawValue).contains(level(of: rule))
        }
    }

    /// The identifiers of those rules that are not off.
    func enabled(_ rules: [Rule]) -> [String] {
        rules.filter { level(of: $0.document) != "off" }.map(\.identifier)
    }
}

/// The digest of a policy: read from a report, or computed when it is needed, because text reports do not show it.
enum PolicyDigest: Sendable {
    case read(String)
    case computed(of: Policy)

    /// The digest as 64 hexadecimal digits.
    var hexadecimal: String {
        switch self {
        case .read(let text): text
        case .computed(let policy): Digest(of: policy).hexadecimal
        }
    }
}

extension PolicyDigest: Hashable {
    static func == (one: PolicyDigest, other: PolicyDigest) -> Bool { one.hexadecimal == other.hexadecimal }

    func hash(into hasher: inout Hasher) { hasher.combine(hexadecimal) }
}

extension PolicyDigest: Codable {
    init(from decoder: any Decoder) throws { self = .read(try decoder.singleValueContainer().decode(String.self)) }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hexadecimal)
    }
}
