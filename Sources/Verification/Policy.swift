import Dockerfiles
public import Files
public import GoBinary
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
    private var lookup: (any AdvisoryLookup)?

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

    /// Applies only the rules at level `error`, without findings that an exception accepts.
    public func errors(in subject: Subject) -> [Finding] {
        let subject = checked(refusesVulnerabilities ? scanned(subject) : subject)
        return findings {
            $0 == .error ? $1.observe(subject) : []
        } excepting: {
            $0.covers(subject)
        }
        .filter { $0.exception == nil } + subject.unreadAdvisories
    }

    /// Whether a known vulnerability can be an error.
    public var refusesVulnerabilities: Bool {
        [Rule.vulnerable, .vulnerablePackage].contains { level(of: $0) == .error }
    }

    /// The subject with the known vulnerabilities of its modules, if there is a database.
    private func scanned(_ subject: Subject) -> Subject { lookup.map { subject.with($0.scan(subject)) } ?? subject }

    /// The subject with what is demanded of it.
    private func checked(_ subject: Subject) -> Subject { subject.with(DemandCheck(demands, of: subject)) }

    /// Applies the rules to a file.
    public func judge(_ subject: Subject) -> Judgement {
        if let expected = subject.expected, !expected.isLinux {
            return Judgement(verdict: .notApplicable, findings: [])
        }
        let subject = checked(scanned(subject))
        let findings =
            findings {
                $1.observe(subject)
            } excepting: {
                $0.covers(subject)
            } + subject.unreadAdvisories
        return Judgement(
            verdict: findings.contains { $0.level == .error } ? .notReady : .ready, findings: findings,
            advisories: subject.advisories, demands: subject.demandCheck,
            untried: Rule.ofPrograms.filter { level(of: $0) != nil && !$0.isTried(subject) }.map(\.identifier))
    }

    /// Judges a program that is not built: what is said about it, and at which level.
    public func judge(_ program: LeftOutProgram) -> Judgement {
        let subject = Subject(program)
        let findings = findings(of: Rule.ofLeftOutPrograms) {
            $1.observe(subject)
        } excepting: {
            $0.covers(subject)
        }
        return Judgement(verdict: .leftOut, findings: findings)
    }

    /// Applies the rules to an open file, and reads only what the rules in force need.
    ///
    /// - Parameters:
    ///   - file: The file, open.
    ///   - expected: The platform that was asked for; nil accepts any Linux platform.
    ///   - isGoBuild: Whether Go's build info and line table must be there.
    ///   - permissions: The permission bits to judge; nil for those of the file.
    ///   - isMeasuring: Whether the sizes of the program's parts are wanted (``Subject/sizes``).
    ///   - circumstances: Adds what does not come from the file, such as a proof.
    /// - Throws: `FileError` if the file cannot be read, or changes meanwhile.
    public func judge(
        _ file: borrowing OpenFile, expected: Platform?, isGoBuild: Bool = false, permissions: UInt32? = nil,
        isMeasuring: Bool = false, adding circumstances: (Subject) -> Subject = { $0 }
    ) throws(FileError) -> (subject: Subject, judgement: Judgement) {
        let permissions = permissions ?? file.permissions
        func subject(_ evidence: FileEvidence) -> Subject {
            circumstances(
                Subject(evidence, expected: expected, isGoBuild: isGoBuild, permissions: permissions))
        }
        var refused: (Subject, Judgement)?
        let reading = isMeasuring ? reading.union(.functionSizes) : reading
        let evidence = try EvidenceReader(reading: reading, asksSections: true).read(file) { start in
            let subject = subject(start)
            let judgement = judge(subject)
            // Demands are about Go's tables. If these are not found yet, they may still be.
            guard judgement.verdict == .notReady, demands.isEmpty || subject.lineTable != nil else { return false }
            refused = (subject, judgement)
            return true
        }
        try file.checkUnchanged()
        if let refused { return refused }
        let whole = subject(evidence)
        return (whole, judge(whole))
    }

    /// What the rules in force read. Go's tables are always included, because reports name the platform and the Go version of
    /// every program.
    private var reading: Reading {
        Rule.ofPrograms.filter { level(of: $0) != nil }.reduce(.goTables) { $0.union($1.reading) }
    }

    /// Applies the rules to a Dockerfile.
    func findings(in image: FinalImage, _ context: BuildContext) -> [Finding] {
        findings {
            $1.observe(image, in: context)
        } excepting: {
            $0.coversEverything
        }
    }

    private func findings(
        of rules: [Rule] = Rule.all, _ observe: (Level, Rule) -> [Rule.Observation],
        excepting covers: (Exception) -> Bool
    ) -> [Finding] {
        rules.flatMap { rule -> [Finding] in
            guard let level = level(of: rule) else { return [] }
            let findings = rule.findings(observe(level, rule), at: level)
            guard !findings.isEmpty else { return [] }
            let exceptions = exceptions.filter { $0.rule == rule.identifier && covers($0) }
            return findings.map { finding in
                exceptions.first { $0.covers(finding) }.map(finding.excepted) ?? finding
            }
        }
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
