import ArgumentParser
import Reporting
import SystemPackage
import Workflows

/// What makes a run fail, and what its report is compared with.
struct ComparisonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The level from which on a finding ends the run with exit code 1: error, warning, note or never.",
            discussion: "What could not be done ends it with 2 in any case. The verdicts do not change.",
            valueName: "level"))
    var failOn: FailureLevel = .error

    @Flag(help: "Show what the bytes of each file are in JSON reports too, as the HTML report does.")
    var sizes = false

    @Option(
        help: ArgumentHelp(
            "Compare with an earlier JSON report: what is new, fixed, grown.", valueName: "report.json"))
    var baseline: String?

    @Option(
        help: ArgumentHelp(
            "With --baseline: end with exit code 1 if a file has grown by more than this: 5%.", valueName: "percent"))
    var failOnGrowth: Percentage?

    func validate() throws {
        if failOnGrowth != nil, baseline == nil { throw ValidationError("--fail-on-growth needs a --baseline") }
    }

    func resolve() -> ComparisonSettings {
        ComparisonSettings(
            baseline: baseline.map { FilePath($0) }, failOn: failOn, failOnGrowth: failOnGrowth?.share)
    }
}
