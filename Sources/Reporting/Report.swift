public import Verification

/// Everything that one run found. Each format is written from this value.
public struct Report: Sendable, Codable {
    /// The version of the JSON format that this program writes and reads.
    public static let schemaVersion = "1"
    /// The version of the JSON format of this document.
    public let schemaVersion: String
    /// The program that wrote it.
    public let tool: Tool
    /// The policy in force.
    public let policy: PolicySummary
    /// The whole plan, if this is the report of a shard.
    public let plan: PlanReport?
    /// What was examined, in the order of the matrix or of the paths. The field is `binaries` in JSON.
    public let entries: [ReportEntry]
    /// What could not be built, read or written.
    public let problems: [Problem]
    /// How many entries have each verdict.
    public let summary: Summary
    /// The changes since a baseline; nil without one.
    public private(set) var comparison: Comparison?
    /// The levels at which a finding makes the run fail. They change no verdict.
    public private(set) var fatalLevels: Set<Level> = [.error]
    /// The changes since the baseline that make the run fail.
    private var failures: Set<Comparison.Change> = []

    private enum CodingKeys: String, CodingKey {
        case schemaVersion, tool, policy, plan, problems, summary, comparison
        case entries = "binaries"
    }

    /// A program and its version.
    public struct Tool: Sendable, Codable {
        /// `scratchcheck`: the command shares its name with a linter, reports do not.
        public let name: String
        /// The version of the program.
        public let version: String
        /// The version of Go; nil if the go command was not run.
        public let go: String?

        /// Names this program and its version.
        public init(version: String, go: String?) {
            self.name = Identity.name
            self.version = version
            self.go = go
        }
    }

    /// Something that could not be built, read or written.
    public struct Problem: Sendable, Codable {
        /// The file; nil if it is not about one.
        public let path: String?
        /// The platform; nil if it is not about one.
        public let platform: String?
        /// What was tried, and what went wrong.
        public let message: String

        /// The platform and the path, as far as they are known; empty if neither is.
        var place: String { [platform, path].compactMap { $0 }.joined(separator: " ") }

        /// Reports a problem.
        public init(path: String? = nil, platform: String? = nil, message: String) {
            self.path = path
            self.platform = platform
            self.message = message
        }
    }

    /// The problems by the platform that they are about.
    var problemsByPlatform: [String?: [Problem]] { Dictionary(grouping: problems, by: \.platform) }

    /// The problems that are not the reason of an entry that failed.
    var problemsWithoutEntry: [Problem] {
        guard !problems.isEmpty else { return [] }
        let explained = Set(entries.filter { $0.verdict == .failed }.map(\.platform))
        return problems.filter { !explained.contains($0.platform) }
    }

    /// How many entries have each verdict.
    public struct Summary: Sendable, Codable {
        /// Entries that are scratch-ready.
        public let ready: Int
        /// Entries that are not scratch-ready.
        public let notReady: Int
        /// Entries for which the question does not arise, such as programs for Windows.
        public let notApplicable: Int
        /// Programs that could not be built.
        public let failed: Int
        /// Programs that are not built, because all their files are excluded on the platform.
        public let leftOut: Int

        /// The counts above zero, `2 ready, 1 not ready`; nil if nothing was checked.
        var words: String? {
            let parts = [
                (ready, "ready"), (notReady, "not ready"), (notApplicable, "not applicable"), (failed, "failed"),
            ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
            return parts.isEmpty ? nil : parts.joined(separator: ", ") + leftOutWords
        }

        /// The number of programs that are not built, to follow other words; empty if there are none.
        var leftOutWords: String { leftOut > 0 ? ", \(leftOut) left out" : "" }
    }

    /// The result in words, for the end of a report and the title of a page.
    var headline: String {
        guard let words = summary.words else {
            return (isEmptyShard ? "this shard has nothing to do" : "nothing was checked") + summary.leftOutWords
        }
        let warned = entries.count { entry in
            entry.verdict == .ready && entry.findings.contains { $0.level == .warning }
        }
        return words + (warned > 0 ? " (\(warned) with warnings)" : "")
    }

    /// Reports what was found under a policy.
    public init(
        tool: Tool, policy: Policy, entries: [ReportEntry], problems: [Problem], plan: PlanReport? = nil
    ) {
        self.init(tool: tool, policy: PolicySummary(policy), entries: entries, problems: problems, plan: plan)
    }

    /// Reports what was found in binaries, and nothing else.
    public init(
        tool: Tool, policy: Policy, binaries: [BinaryReport], problems: [Problem], plan: PlanReport? = nil
    ) {
        self.init(
            tool: tool, policy: policy, entries: binaries.map(ReportEntry.binary), problems: problems, plan: plan)
    }

    init(
        tool: Tool, policy: PolicySummary, entries: [ReportEntry], problems: [Problem], plan: PlanReport? = nil
    ) {
        func count(_ verdict: Verdict) -> Int { entries.count { $0.verdict == verdict } }
        self.schemaVersion = Report.schemaVersion
        self.tool = tool
        self.policy = policy
        self.plan = plan
        self.entries = entries
        self.problems = problems
        self.summary = Summary(
            ready: count(.ready), notReady: count(.notReady), notApplicable: count(.notApplicable),
            failed: count(.failed), leftOut: count(.leftOut))
    }

    /// The report with the changes since a baseline.
    public func compared(with baseline: Report) -> Report {
        var report = self
        report.comparison = Comparison(self, with: baseline)
        return report
    }

    /// The report of a run that fails for findings of other levels too, or for what has become worse.
    public func failing(at levels: Set<Level>, for changes: [Comparison.Change] = []) -> Report {
        var report = self
        report.fatalLevels = levels
        report.failures = Set(changes)
        return report
    }

    /// The levels at which a finding makes the test of its rule fail. An error does, whatever the run's exit code.
    var failingTestLevels: Set<Level> { fatalLevels.union([.error]) }

    /// What has become worse since the baseline, so that the run fails.
    var regressions: [Problem] {
        (comparison?.changes ?? []).filter(failures.contains).map {
            Problem(path: $0.path, platform: $0.platform, message: "since the baseline: \($0)")
        }
    }

    /// A line for each change since the baseline. Those that make the run fail say so.
    var changeLines: [String] {
        (comparison?.changes ?? []).map { "\($0)" + (failures.contains($0) ? " (makes the run fail)" : "") }
    }

    /// Whether it says what programs are made of.
    public var hasContents: Bool { entries.contains { $0.contents != nil } }

    /// The bills of materials of all programs that have one.
    public var bills: [BillOfMaterials.Binary] { entries.compactMap(\.bill) }

    /// Whether nothing was checked.
    private var isEmpty: Bool { summary.leftOut == entries.count }

    /// Whether there was nothing to do, because there are more shards than targets.
    public var isEmptyShard: Bool { plan != nil && isEmpty && problems.isEmpty }

    /// The exit code: 2 if something could not be done or nothing was checked, 1 if a finding has one of the levels that make the run
    /// fail, or something has become worse, else 0.
    public var exitCode: Int32 {
        if !problems.isEmpty || summary.failed > 0 || isEmpty && !isEmptyShard { return 2 }
        let isFailing = entries.contains { entry in
            entry.verdict == .notReady && fatalLevels.contains(.error)
                || entry.findings.contains { fatalLevels.contains($0.level) }
        }
        return isFailing || !failures.isEmpty ? 1 : 0
    }
}

extension Report.Summary {
    /// Reads the counts. A report that is older than the count of programs that are left out has none of them.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        ready = try values.decode(Int.self, forKey: .ready)
        notReady = try values.decode(Int.self, forKey: .notReady)
        notApplicable = try values.decode(Int.self, forKey: .notApplicable)
        failed = try values.decode(Int.self, forKey: .failed)
        leftOut = try values.decodeIfPresent(Int.self, forKey: .leftOut) ?? 0
    }
}
