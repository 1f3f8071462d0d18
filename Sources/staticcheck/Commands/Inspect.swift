import ArgumentParser
import Reporting
import SystemPackage
import Verification
import Workflows

struct Inspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", _superCommandName: Identity.command,
        abstract: "Show everything about one binary.",
        discussion:
            "Header, segments, interpreter, libraries, notes, Go build info, sizes and the verdict with its reasons.")

    @Argument(help: "The file.")
    var file: String

    @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions
    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Policy") var vulnerabilityOptions: VulnerabilityOptions
    @Option(help: "The format on standard output: text or json.")
    var format: PlainForm = .text

    func run() async throws {
        try await Failure.reporting {
            if let wrong = WrongTarget.ofInspect(self.file) { throw wrong }
            let context = Surroundings.context()
            let file = try configurationOptions.resolve(in: context)
            let request = InspectRequest(
                file: FilePath(self.file),
                policy: try policyOptions.resolve(over: file.settings, in: context)
                    .lookingUp(in: vulnerabilityOptions.resolve(over: file, in: context)))
            let (inspection, verdict) = try InspectWorkflow.run(request)
            try Terminal.report(format == .json ? try JSONReporter.render(inspection) : inspection.text)
            if verdict == .notReady { throw ExitCode(1) }
        }
    }
}
