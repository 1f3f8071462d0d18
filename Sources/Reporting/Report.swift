import Attestation
public import Verification

/// Everything that one run found: the value from which each output format is written.
public struct Report: Sendable, Codable {
    /// The version of this document's format.
    public let schemaVersion: String
    /// The program that made it.
    public let tool: Tool
    /// The policy in force.
    public let policy: PolicySummary
    /// The files, in the order of the matrix or of their paths.
    public let binaries: [BinaryReport]
    /// What could not be done.
    public let problems: [Problem]
    /// Counts.
    public let summary: Summary

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

    /// The policy, by its digest and rules.
    public struct PolicySummary: Sendable, Codable {
        /// SHA-256 of the canonical policy.
        public let sha256: String
        /// Levels by rule; `off` for a rule that is not applied.
        public let rules: [String: String]
        /// What was changed from each rule's own level, and why.
        public let changes: [Change]
    }

    /// A rule at another level than its own.
    public struct Change: Sendable, Codable {
        /// The rule.
        public let rule: String
        /// The level in force, or `off`.
        public let level: String
        /// Why, in the words of whoever changed it.
        public let reason: String?
    }

    /// Something that could not be built, read or written.
    public struct Problem: Sendable, Codable {
        /// The file, where it is about one.
        public let path: String?
        /// The platform, where it is about one.
        public let platform: String?
        /// What was tried and what went wrong.
        public let message: String

        /// Makes a problem.
        public init(path: String? = nil, platform: String? = nil, message: String) {
            self.path = path
            self.platform = platform
            self.message = message
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
    }

    /// Makes a report.
    public init(tool: Tool, policy: Policy, binaries: [BinaryReport], problems: [Problem]) {
        func count(_ verdict: Verdict) -> Int { binaries.count { $0.verdict == verdict } }
        self.schemaVersion = "1"
        self.tool = tool
        self.policy = PolicySummary(
            sha256: Digest(of: Array(policy.canonicalText.utf8)).hexadecimal,
            rules: Dictionary(Rule.all.map { ($0.identifier, policy.level(of: $0)?.rawValue ?? "off") }) { first, _ in
                first
            },
            changes: policy.changes.map {
                Change(rule: $0.rule, level: $0.level?.rawValue ?? "off", reason: $0.reason)
            })
        self.binaries = binaries
        self.problems = problems
        self.summary = Summary(
            ready: count(.ready), notReady: count(.notReady), notApplicable: count(.notApplicable),
            failed: count(.failed))
    }

    /// The exit code: 2 where something could not be done or nothing was checked, 1 where a file is not ready, else 0.
    public var exitCode: Int32 {
        if !problems.isEmpty || summary.failed > 0 || binaries.isEmpty { return 2 }
        return summary.notReady > 0 ? 1 : 0
    }
}
