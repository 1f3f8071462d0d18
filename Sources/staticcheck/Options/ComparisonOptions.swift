import ArgumentParser
import Reporting

/// What in a report of programs ends the run, and what it is compared with.
struct ComparisonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "From which level on a finding ends the run with exit code 1: error, warning, note or never.",
            discussion: "What could not be done ends it with 2 in any case. The verdicts do not change.",
            valueName: "level"))
    var failOn: FailureLevel = .error

    @Flag(help: "Say in JSON reports too where the bytes of each file go, as the HTML report shows it.")
    var sizes = false

    @Option(
        help: ArgumentHelp(
            "Compare with an earlier JSON report: what is new, mended, grown.", valueName: "report.json"))
    var baseline: String?

    @Option(
        help: ArgumentHelp(
            "With --baseline: end with exit code 1 where a file has grown by more than this: 5%.", valueName: "percent")
    )
    var failOnGrowth: Percentage?

    func validate() throws {
        if failOnGrowth != nil, baseline == nil { throw ValidationError("--fail-on-growth needs a --baseline") }
    }

    /// The report beside the earlier one, where one is named.
    func compared(_ report: Report) throws -> Report {
        try baseline.map { report.compared(with: try ReportFile.read($0)) } ?? report
    }

    /// Ends the run with the exit code of a report.
    func end(with report: Report) throws {
        let code = exitCode(of: report)
        if code != 0 { throw ExitCode(code) }
    }

    private func exitCode(of report: Report) -> Int32 {
        let code = failOn.exitCode(of: report)
        let growths = report.comparison?.changes.compactMap(\.growth) ?? []
        guard code == 0, let failOnGrowth, growths.contains(where: { $0 > failOnGrowth.share }) else { return code }
        return 1
    }
}
