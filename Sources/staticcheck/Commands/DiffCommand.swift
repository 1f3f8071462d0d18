import ArgumentParser
import Reporting
import Verification
import Workflows

struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", _superCommandName: Identity.command,
        abstract: "Show what changed between two releases: two files, two folders or two images.",
        discussion: """
            Compares the version of Go, modules, build settings, packages and their bytes, what the program needs in its root, and \
            the findings; of images also the files of the root and the configuration, platform by platform. Files of two folders are \
            compared if they have the same path below them. Images are named as in verify.

            The exit code is 0 if both could be compared, whatever changed, unless --fail-on or --fail-on-growth is given.
            """)

    @Argument(help: "The file, folder or image before.")
    var before: String

    @Argument(help: "The file, folder or image now.")
    var now: String

    @Option(help: "The format on standard output: text, markdown (for release notes) or json.")
    var format: DiffForm = .text

    @Flag(name: .customLong("all"), help: "Show long lists whole. JSON always does.")
    var showsAll = false

    @Option(
        help: ArgumentHelp(
            "Make the exit code 1 for a new finding of this level or a higher one: error, warning, note.",
            valueName: "level"))
    var failOn: FailureLevel = .never

    @Option(
        help: ArgumentHelp("Make the exit code 1 if a program has grown by more than this: 5%.", valueName: "percent"),
        transform: Percentage.init(parsing:))
    var failOnGrowth: Percentage?

    @Option(help: "When to use colours: auto, always or never.")
    var color: ColourChoice = .auto

    @OptionGroup var registry: RegistryOption

    @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions
    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup var verbosity: QuietOption

    func run() async throws {
        try await Failure.reporting {
            let context = Surroundings.context(verbosity.listener())
            let settings = try configurationOptions.resolve(in: context).settings
            let request = DiffRequest(
                before: before, now: now, policy: try policyOptions.resolve(over: settings, in: context),
                isInsecure: registry.insecure)
            let report = try await Interruption.guarding { try await DiffWorkflow.run(request, in: context) }
            try Terminal.report(
                format.render(report, colour: color.applies(to: .output, in: context), showsAll: showsAll))
            let comparison = ComparisonSettings(failOn: failOn, failOnGrowth: failOnGrowth?.share)
            try ExitCode.end(comparison.exitCode(of: report))
        }
    }
}

/// The formats of a comparison.
enum DiffForm: String, NamedChoice {
    case text, markdown, json

    func render(_ report: DifferenceReport, colour: Bool, showsAll: Bool) throws -> String {
        switch self {
        case .text: report.text(colour: colour, showsAll: showsAll)
        case .markdown: report.markdown(showsAll: showsAll)
        case .json: try JSONReporter.render(report)
        }
    }
}
