import ArgumentParser
import Reporting
import SystemPackage
import Verification
import Workflows

struct Merge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", _superCommandName: Identity.command,
        abstract: "Join the JSON reports of all shards into one.",
        discussion: """
            A missing shard, a duplicate shard, a target that was not built, and reports that contradict each other are \
            errors. The exit code covers the whole matrix.
            """)

    @Argument(help: ArgumentHelp("The reports, written by check --shard K/N --report json=FILE.", valueName: "file"))
    var files: [String]

    @OptionGroup(title: "Report") var reporting: ReportOptions
    @OptionGroup(title: "Report") var comparison: ComparisonOptions

    func run() async throws {
        try await Failure.reporting {
            let context = Surroundings.context()
            let output = try reporting.resolve(in: context)
            let comparison = try comparison.resolve(in: context)
            let report = try comparison.compared(MergeWorkflow.run(files.map { FilePath($0) }))
            try output.write(report)
            try ExitCode.end(report.exitCode)
        }
    }
}
