public import GoBinary

/// Accepts the findings of a rule, for some programs or all, for a reason, and optionally until a day.
public struct Exception: Sendable, Hashable {
    /// The rule's identifier.
    public let rule: String
    /// Why, in the words of its author.
    public let reason: String
    /// The last day on which it holds, `2027-01-31`; nil for no end.
    public let until: String?
    /// The import paths of the programs; empty for every program.
    public let packages: [String]
    /// The platforms; empty for every platform.
    public let platforms: [Platform]

    /// Makes an exception.
    public init(
        rule: String, reason: String, until: String? = nil, packages: [String] = [], platforms: [Platform] = []
    ) {
        self.rule = rule
        self.reason = reason
        self.until = until
        self.packages = packages
        self.platforms = platforms
    }

    /// Whether its last day is over.
    ///
    /// - Parameter today: The day, `2026-12-31`.
    public func hasEnded(on today: String) -> Bool { until.map { $0 < today } ?? false }

    func covers(_ subject: Subject) -> Bool {
        let isItsPackage = packages.isEmpty || packages.contains(subject.package ?? "")
        let isItsPlatform = platforms.isEmpty || subject.platform.map(platforms.contains) ?? false
        return isItsPackage && isItsPlatform
    }

    /// Whether it holds for every program and platform. Only then does it cover a Dockerfile.
    var coversEverything: Bool { packages.isEmpty && platforms.isEmpty }

    /// Its line in the canonical text of a policy, without the reason.
    var canonicalText: String {
        let places = packages.sorted() + platforms.sorted().map(\.description)
        return (["except", rule] + places + (until.map { ["until", $0] } ?? [])).joined(separator: " ") + "\n"
    }
}
