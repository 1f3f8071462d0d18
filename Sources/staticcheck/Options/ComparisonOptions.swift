import ArgumentParser
import Files
import Reporting
import SystemPackage
import Workflows

/// What makes a run fail, and what its report is compared with.
struct ComparisonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The lowest level at which a finding makes the exit code 1.",
            discussion:
                "If a build fails or a file cannot be read, the exit code is 2 in any case. Verdicts do not change.",
            valueName: "level"))
    var failOn: FailureLevel = .error

    @Flag(
        help:
            "Add the sizes of the parts of each file to JSON reports. HTML reports of check and verify always have them."
    )
    var sizes = false

    @Flag(help: "Add modules, packages and capabilities of each Go program to JSON reports, for --baseline.")
    var contents = false

    @Option(
        help: ArgumentHelp(
            "An earlier JSON report: show new and fixed findings, and files that have grown.", valueName: "report.json")
    )
    var baseline: String?

    @Option(
        help: ArgumentHelp(
            "With --baseline: make the exit code 1 if a file has grown by more than this: 5%.", valueName: "percent"),
        transform: Percentage.init(parsing:))
    var failOnGrowth: Percentage?

    @Option(
        help: ArgumentHelp(
            "With --baseline: make the exit code 1 if a program has gained one of these: capabilities, modules, packages.",
            discussion: "May be given several times. The baseline must have been written with --contents.",
            valueName: "kind"))
    var failOnNew: [GainedKind] = []

    /// Whether the report says what each program is made of.
    var isListing: Bool { contents || baseline != nil }

    func validate() throws {
        if !failOnNew.isEmpty, baseline == nil { throw ValidationError("--fail-on-new needs a --baseline") }
        if failOnGrowth != nil, baseline == nil { throw ValidationError("--fail-on-growth needs a --baseline") }
    }

    /// The settings. A relative path of the baseline starts from the working folder.
    ///
    /// - Throws: `UnusableOutput` if there is no file at it: this is known before any work.
    func resolve(in context: Context) throws -> ComparisonSettings {
        let file = baseline.map { context.folder.pushing(FilePath($0)) }
        if let file, let baseline, !file.exists { throw UnusableOutput.noBaseline(baseline) }
        let settings = ComparisonSettings(
            baseline: file, failOn: failOn, failOnGrowth: failOnGrowth?.share, failOnNew: failOnNew)
        try settings.checkBaseline()
        return settings
    }
}
