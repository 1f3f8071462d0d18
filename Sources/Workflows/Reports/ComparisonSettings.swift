public import Reporting
public import SystemPackage
import Verification

/// The level from which on a finding makes a run fail: `--fail-on`.
public enum FailureLevel: String, CaseIterable, Sendable {
    case error, warning, note, never

    /// The levels that make a run fail.
    var levels: [Level] {
        switch self {
        case .never: []
        case .error: [.error]
        case .warning: [.error, .warning]
        case .note: Level.allCases
        }
    }
}

/// A kind of contents that a program can gain: `--fail-on-new`.
public enum GainedKind: String, CaseIterable, Sendable {
    case capabilities, modules, packages

    func isIn(_ gain: ProgramContents.Gain) -> Bool {
        switch self {
        case .capabilities: !gain.capabilities.isEmpty
        case .modules: !gain.modules.isEmpty
        case .packages: !gain.packages.isEmpty
        }
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
    /// The new contents of a program that make the run fail; need a baseline that has contents.
    public var failOnNew: [GainedKind]

    /// Makes settings.
    public init(
        baseline: FilePath? = nil, failOn: FailureLevel = .error, failOnGrowth: Double? = nil,
        failOnNew: [GainedKind] = []
    ) {
        self.failOnNew = failOnNew
        self.baseline = baseline
        self.failOn = failOn
        self.failOnGrowth = failOnGrowth
    }

    /// Checks that the baseline has what the run may fail for. Without contents nothing would seem to be new.
    public func checkBaseline() throws {
        guard let baseline, !failOnNew.isEmpty, try !ReportFile.read(baseline).hasContents else { return }
        throw UnusableOutput.baselineWithoutContents(baseline.string)
    }

    /// The report, with what changed since the baseline and what makes the run fail.
    ///
    /// - Throws: `UnusableOutput` if a change makes the run fail, and the baseline has none of the programs.
    public func compared(_ report: Report) throws -> Report {
        guard let baseline else { return report.failing(at: Set(failOn.levels)) }
        let earlier = try ReportFile.read(baseline)
        let isDemanded = failOnGrowth != nil || !failOnNew.isEmpty
        guard !isDemanded || report.entries.isEmpty || report.sharesEntries(with: earlier) else {
            throw UnusableOutput.baselineOfOthers(baseline.string)
        }
        let compared = report.compared(with: earlier)
        return compared.failing(at: Set(failOn.levels), for: (compared.comparison?.changes ?? []).filter(isFatal))
    }

    /// Whether a change since the baseline makes the run fail.
    private func isFatal(_ change: Comparison.Change) -> Bool {
        if let failOnGrowth, change.growth ?? 0 > failOnGrowth { return true }
        guard !failOnNew.isEmpty else { return false }
        return change.isGainUnknown == true || failOnNew.contains { change.gained.map($0.isIn) ?? false }
    }

    /// The exit code of a comparison of two releases: 2 if something could not be read or nothing was compared, 1 for a new
    /// finding or a growth that makes the run fail, else 0.
    public func exitCode(of report: DifferenceReport) -> Int32 {
        let programs = report.allPrograms
        guard report.problems.isEmpty, !programs.isEmpty || !report.images.isEmpty else { return 2 }
        let isWorse = programs.contains { $0.newFindings.contains { failOn.levels.contains($0.level) } }
        let hasGrown = programs.contains { program in failOnGrowth.map { program.growth ?? 0 > $0 } ?? false }
        return isWorse || hasGrown ? 1 : 0
    }
}
