public import Reporting
public import SystemPackage
import Verification

/// The level from which on a finding makes a run fail: `--fail-on`.
public enum FailureLevel: String, CaseIterable, Sendable {
    case error, warning, note, never

    /// The exit code of a report.
    public func exitCode(of report: Report) -> Int32 {
        // Code 2, for what could not be done, does not depend on levels; and a file that is not ready has an error.
        guard report.exitCode < 2, self != .error else { return report.exitCode }
        let levels: [Level] = self == .never ? [] : self == .warning ? [.error, .warning] : Level.allCases
        return report.entries.contains { $0.findings.contains { levels.contains($0.level) } } ? 1 : 0
    }
}

/// What a report is compared with, and what makes the run fail.
public struct ComparisonSettings: Sendable, Hashable {
    /// An earlier JSON report; nil compares with nothing.
    public var baseline: FilePath?
    /// The level from which on a finding makes the run fail.
    public var failOn: FailureLevel
    /// The growth of a file that makes the run fail, 0.05 for 5 %; needs a baseline.
    public var failOnGrowth: Double?

    /// Makes settings.
    public init(baseline: FilePath? = nil, failOn: FailureLevel = .error, failOnGrowth: Double? = nil) {
        self.baseline = baseline
        self.failOn = failOn
        self.failOnGrowth = failOnGrowth
    }

    /// The report, with what changed since the baseline.
    public func compared(_ report: Report) throws -> Report {
        try baseline.map { report.compared(with: try ReportFile.read($0)) } ?? report
    }

    /// The exit code of a compared report: 0, 1 or 2.
    public func exitCode(of report: Report) -> Int32 {
        let code = failOn.exitCode(of: report)
        let growths = report.comparison?.changes.compactMap(\.growth) ?? []
        guard code == 0, let failOnGrowth, growths.contains(where: { $0 > failOnGrowth }) else { return code }
        return 1
    }
}
