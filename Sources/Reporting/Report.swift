public import Verification

/// Everything that one run found: the value from which each output format is written.
public struct Report: Sendable, Codable {
    /// The version of the format that is written.
    public static let schemaVersion = "1"
    /// The version of this document's format.
    public let schemaVersion: String
    /// The program that made it.
    public let tool: Tool
    /// The policy in force.
    public let policy: PolicySummary
    /// The whole plan, where this is the report of a shard.
    public let plan: PlanReport?
    /// The files, in the order of the matrix or of their paths.
    public let binaries: [BinaryReport]
    /// What could not be done.
    public let problems: [Problem]
    /// Counts.
    public let summary: Summary
    /// What has changed since another report, where one was given.
    public private(set) var comparison: Comparison?

    /// A program and its version.
    public struct Tool: Sendable, Codable {
        /// `scratchcheck`, which nobody takes for the linter of the other name.
        public let name: String
        /// The version.
        public let version: String
        /// What `go` said of its version, where it was run.
        public let go: String?

        /// Makes a tool.
        public init(version: String, go: String?) {
            self.name = "scratchcheck"
            self.version = version
            self.go = go
        }
    }

    /// Something that could not be built, read or written.
    public struct Problem: Sendable, Codable {
        /// The file, where it is about one.
        public let path: String?
        /// The platform, where it is about one.
        public let platform: String?
        /// What was tried and what went wrong.
        public let message: String

        /// What it is about: the platform and the path, as far as they are known; empty where neither is.
        var place: String { [platform, path].compactMap { $0 }.joined(separator: " ") }

        /// Makes a problem.
        public init(path: String? = nil, platform: String? = nil, message: String) {
            self.path = path
            self.platform = platform
            self.message = message
        }
    }

    /// The problems that no failed binary stands for.
    var problemsWithoutBinary: [Problem] {
        problems.filter { problem in
            !binaries.contains { $0.verdict == .failed && $0.platform == problem.platform }
        }
    }

    /// Counts of the verdicts.
    public struct Summary: Sendable, Codable {
        /// Files that are scratch-ready.
        public let ready: Int
        /// Files that are not.
        public let notReady: Int
        /// Files for which the question does not arise.
        public let notApplicable: Int
        /// Files that could not be built or read.
        public let failed: Int

        /// The counts that are not zero, `2 ready, 1 not ready`; nil where all are.
        var words: String? {
            let parts = [
                (ready, "ready"), (notReady, "not ready"), (notApplicable, "not applicable"), (failed, "failed"),
            ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
            return parts.isEmpty ? nil : parts.joined(separator: ", ")
        }
    }

    /// Makes a report of what was found under a policy.
    public init(
        tool: Tool, policy: Policy, binaries: [BinaryReport], problems: [Problem], plan: PlanReport? = nil
    ) {
        self.init(
            tool: tool, policy: PolicySummary(policy), binaries: binaries, problems: problems, plan: plan)
    }

    init(
        tool: Tool, policy: PolicySummary, binaries: [BinaryReport], problems: [Problem], plan: PlanReport? = nil
    ) {
        func count(_ verdict: Verdict) -> Int { binaries.count { $0.verdict == verdict } }
        self.schemaVersion = Report.schemaVersion
        self.tool = tool
        self.policy = policy
        self.plan = plan
        self.binaries = binaries
        self.problems = problems
        self.summary = Summary(
            ready: count(.ready), notReady: count(.notReady), notApplicable: count(.notApplicable),
            failed: count(.failed))
    }

    /// The report with what has changed since another.
    public func compared(with baseline: Report) -> Report {
        var report = self
        report.comparison = Comparison(self, with: baseline)
        return report
    }

    /// Whether there was nothing to do, as for a shard beyond the last target.
    public var isEmptyShard: Bool { plan != nil && binaries.isEmpty && problems.isEmpty }

    /// The exit code: 2 where something could not be done or nothing was checked, 1 where a file is not ready, else 0.
    public var exitCode: Int32 {
        if isEmptyShard { return 0 }
        if !problems.isEmpty || summary.failed > 0 || binaries.isEmpty { return 2 }
        return summary.notReady > 0 ? 1 : 0
    }
}
