public import GoBinary

/// Accepts the findings of a rule, for some programs or all, for a reason, and optionally until a day.
public struct Exception: Sendable, Hashable {
    /// The rule's identifier.
    public let rule: String
    /// Why, in the words of its author.
    public let reason: String
    /// The last day on which it holds, `2027-01-31`; nil for no end.
    public let until: String?
    /// The import paths of the programs, which may be patterns such as `example.com/tools/...`; empty for every program.
    public let packages: [String]
    /// The platforms; empty for every platform.
    public let platforms: [Platform]

    /// The paths of programs in images, and of folders with a slash at the end; empty for every program, in an image or not.
    public let paths: [String]
    /// The advisories, by any of their names; empty for all findings of the rule.
    public let advisories: [String]

    /// Makes an exception.
    public init(
        rule: String, reason: String, until: String? = nil, packages: [String] = [], platforms: [Platform] = [],
        paths: [String] = [], advisories: [String] = []
    ) {
        self.rule = rule
        self.reason = reason
        self.until = until
        self.packages = packages
        self.platforms = platforms
        self.paths = paths
        self.advisories = advisories
    }

    /// Whether its last day is over.
    ///
    /// - Parameter today: The day, `2026-12-31`.
    public func hasEnded(on today: String) -> Bool { until.map { $0 < today } ?? false }

    func covers(_ subject: Subject) -> Bool {
        let isItsPackage = packages.isEmpty || packages.contains { Wildcard($0).matches(subject.package ?? "") }
        let isItsPlatform = platforms.isEmpty || subject.platform.map(platforms.contains) ?? false
        return isItsPackage && isItsPlatform && coversPath(of: subject)
    }

    /// Whether it is about a finding of its rule.
    func covers(_ finding: Finding) -> Bool {
        guard !advisories.isEmpty else { return true }
        return finding.advisory.map { advisory in advisories.contains { advisory.isNamed($0) } } ?? false
    }

    private func coversPath(of subject: Subject) -> Bool {
        guard !paths.isEmpty else { return true }
        guard let path = subject.surroundings?.path else { return false }
        return paths.contains { $0 == path || ($0.hasSuffix("/") && path.hasPrefix($0)) }
    }

    /// Whether it holds for every program and platform. Only then does it cover a Dockerfile.
    var coversEverything: Bool { packages.isEmpty && platforms.isEmpty && paths.isEmpty && advisories.isEmpty }

    /// Its line in the canonical text of a policy, without the reason.
    var canonicalText: String {
        let places = packages.sorted() + platforms.sorted().map(\.description) + paths.sorted() + advisories.sorted()
        return (["except", rule] + places + (until.map { ["until", $0] } ?? [])).joined(separator: " ") + "\n"
    }
}
