import ArgumentParser
import Attestation
import ELF
import Files
import FoundationEssentials
import Reporting
import SystemPackage
import Verification

struct Inspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", _superCommandName: "staticcheck",
        abstract: "Show all that is known of one binary.",
        discussion:
            "Header, segments, interpreter, libraries, notes, Go build info, sizes and the verdict with its reasons.")

    @Argument(help: "The file.")
    var file: String

    @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions
    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @Option(help: "The form of the report on standard output: text or json.")
    var format: PlainForm = .text

    func run() async throws {
        try await Failure.reporting {
            let folder = FilePath(FileManager.default.currentDirectoryPath)
            let policy = try policyOptions.policy(over: configurationOptions.file(from: folder).settings)
            let snapshot = try FileSnapshot(FilePath(file))
            let subject = Subject(snapshot.bytes, expected: nil, permissions: snapshot.permissions)
            let judgement = policy.judge(subject)
            let inspection = Inspection(
                path: file, size: snapshot.bytes.count, digest: Digest(of: snapshot.bytes).hexadecimal,
                subject: subject,
                judgement: judgement)
            let text = format == .json ? try JSONReporter.render(inspection) : inspection.text
            Terminal.write(text, to: .output)
            if judgement.verdict == .notReady { throw ExitCode(1) }
        }
    }
}
