import ArgumentParser
import Reporting
import Verification

/// `--fail-on`.
enum FailureLevel: String, NamedChoice, Sendable {
    case error, warning, note, never

    /// The exit code of a report.
    func exitCode(of report: Report) -> Int32 {
        // What could not be done is no matter of levels, and files that are not ready have errors.
        guard report.exitCode < 2, self != .error else { return report.exitCode }
        let levels: [Level] = self == .never ? [] : self == .warning ? [.error, .warning] : Level.allCases
        return report.entries.contains { $0.findings.contains { levels.contains($0.level) } } ? 1 : 0
    }
}
