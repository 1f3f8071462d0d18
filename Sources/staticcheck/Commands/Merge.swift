import ArgumentParser
import Reporting

struct Merge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", _superCommandName: "staticcheck",
        abstract: "Join the JSON reports of all shards into one.",
        discussion: """
            A missing shard, one that is there twice, a target that nobody built, and reports that contradict each other \
            are refused. The exit code is that of the whole matrix.
            """)

    @Argument(help: ArgumentHelp("The reports, written by check --shard K/N --report json=FILE.", valueName: "file"))
    var files: [String]

    @OptionGroup(title: "Report") var reporting: ReportOptions
    @OptionGroup(title: "Report") var comparison: ComparisonOptions

    func run() async throws {
        try await Failure.reporting {
            let report = try comparison.compared(ReportMerge.join(files.map { ($0, try ReportFile.read($0)) }))
            try reporting.write(report)
            try comparison.end(with: report)
        }
    }
}
