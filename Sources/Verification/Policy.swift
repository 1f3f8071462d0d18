import GoBinary
public import Licensing
import Text

/// The rules in force, each at its level.
public struct Policy: Sendable {
    /// The rules whose level differs from their own, in the order given.
    public let changes: [Change]
    /// The exceptions in force.
    public let exceptions: [Exception]
    /// The exceptions that have ended and no longer count.
    public let endedExceptions: [Exception]
    /// The licences that no module of a program that is built may have.
    public private(set) var deniedLicenses: [LicenseName] = []
    /// What is demanded of the inside of programs.
    public private(set) var demands = Demands.none
    /// Where the modules of programs are looked up; nil if they are not.
    private(set) var lookup: (any AdvisoryLookup)?

    /// A rule at another level than its own, or off.
    public struct Change: Sendable, Hashable {
        /// The rule's identifier.
        public let rule: String
        /// The level; nil turns the rule off.
        public let level: Level?
        /// Why, in the words of its author.
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

    private init() {
        changes = []
        exceptions = []
        endedExceptions = []
    }

    /// Makes a policy. If a rule is changed several times, the last change counts.
    ///
    /// - Parameters:
    ///   - changes: Other levels.
    ///   - exceptions: Findings to accept.
    ///   - today: The day, `2026-12-31`; exceptions that ended before it do not count. If nil, no exception ends.
    /// - Throws: `PolicyError` if a change or exception names an unknown rule.
    public init(changes: [Change], exceptions: [Exception] = [], today: String? = nil) throws(PolicyError) {
        for name in changes.map(\.rule) + exceptions.map(\.rule) { try Policy.check(rule: name) }
        let hasEnded = { (exception: Exception) in today.map { exception.hasEnded(on: $0) } ?? false }
        self.exceptions = exceptions.filter { !hasEnded($0) }
        self.endedExceptions = exceptions.filter(hasEnded)
        self.changes = changes.enumerated().filter { index, change in
            !changes.dropFirst(index + 1).contains { $0.rule == change.rule }
        }.map(\.element)
    }

    private init(changes: [Change], of other: Policy) {
        self.changes = changes
        exceptions = other.exceptions
        endedExceptions = other.endedExceptions
        deniedLicenses = other.deniedLicenses
        demands = other.demands
        lookup = other.lookup
    }

    /// The policy that also denies licences.
    public func denying(_ licenses: [LicenseName]) -> Policy {
        var policy = self
        policy.deniedLicenses = (deniedLicenses + licenses).distinct.sorted { $0.description < $1.description }
        return policy
    }

    /// The policy that also demands something of the inside of programs.
    public func demanding(_ more: Demands) -> Policy {
        var policy = self
        policy.demands = demands.adding(more)
        return policy
    }

    /// The policy with a database of vulnerabilities, in which the modules of every program are looked up.
    public func lookingUp(in lookup: (any AdvisoryLookup)?) -> Policy {
        var policy = self
        policy.lookup = lookup
        return policy
    }

    /// The policy without some of its rules.
    public func turningOff(_ rules: Set<String>) -> Policy {
        let others = changes.filter { !rules.contains($0.rule) }
        return Policy(changes: others + rules.sorted().map { Change(rule: $0, level: nil) }, of: self)
    }

    /// Checks the name of a rule.
    ///
    /// - Throws: `PolicyError` if the rule is unknown.
    public static func check(rule name: String) throws(PolicyError) {
        let known = Rule.all.map(\.identifier)
        guard !known.contains(name) else { return }
        throw .unknownRule(name, nearest: Spelling.nearest(to: name, in: known))
    }

    /// The level of a rule in this policy; nil if it is off.
    public func level(of rule: Rule) -> Level? {
        guard let change = changes.first(where: { $0.rule == rule.identifier }) else { return rule.level }
        return change.level
    }

    /// The canonical text of the policy, whose digest is part of a stamp: a line for each rule, sorted by name.
    ///
    /// Rules about Dockerfiles are left out, because they do not judge the file that is stamped. Demands are left out, because the
    /// gate checks its own again, and so are their rules while they have their own level.
    public var canonicalText: String {
        let unchanged = Rule.ofDemands.filter { level(of: $0) == $0.level }.map(\.identifier)
        let lines = Rule.ofPrograms.filter { !unchanged.contains($0.identifier) }.map {
            "\($0.identifier) \(level(of: $0)?.rawValue ?? "off")\n"
        }
        let exceptions = exceptions.map(\.canonicalText).sorted().joined()
        let denied = deniedLicenses.map { "deny-license \($0)\n" }.joined()
        return "scratch-ready policy v1\n" + lines.sorted().joined() + denied + exceptions
    }

    /// Whether a known vulnerability can be an error.
    public var refusesVulnerabilities: Bool {
        [Rule.vulnerable, .vulnerablePackage].contains { level(of: $0) == .error }
    }
}

/// Why a policy cannot be made.
public enum PolicyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No rule has this name; with the name of a rule that is spelled similarly, if there is one.
    case unknownRule(String, nearest: String?)

    /// What is wrong, and what to write instead.
    public var description: String {
        switch self {
        case .unknownRule(let name, .some(let nearest)): "unknown rule '\(name)'; did you mean '\(nearest)'?"
        case .unknownRule(let name, nil): "unknown rule '\(name)'; 'staticcheck explain' lists all rules"
        }
    }
}
