import ArgumentParser
import Reporting
import SystemPackage
import Verification
import Workflows

struct Inspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show everything about one binary.",
        discussion:
            "Header, segments, interpreter, libraries, notes, Go build info, sizes and the verdict with its reasons.")

    @Argument(help: "The file.")
    var file: String

    @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions
    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @Option(help: "The format on standard output: text or json.")
    var format: PlainForm = .text

    func run() async throws {
        try await Failure.reporting {
            if let wrong = WrongTarget.ofInspect(file) { throw wrong }
            let context = Surroundings.context()
            let settings = try configurationOptions.resolve(in: context).settings
            let request = InspectRequest(
                file: FilePath(file), policy: try policyOptions.resolve(over: settings, in: context))
            let (inspection, verdict) = try InspectWorkflow.run(request)
            try Terminal.report(format == .json ? try JSONReporter.render(inspection) : inspection.text)
            if verdict == .notReady { throw ExitCode(1) }
        }
    }
}
