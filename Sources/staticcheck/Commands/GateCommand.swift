import ArgumentParser
import Attestation
import FoundationEssentials
import GoBinary
import Reporting
import SystemPackage

struct GateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate", _superCommandName: "staticcheck",
        abstract: "Refuse whatever is not verified and stamped.",
        discussion: """
            Each ELF file is read once; the same bytes are hashed, verified again, and compared with the stamp beside it. In \
            a folder every ELF file must have one.

            Examples:
              staticcheck gate --trust scratchready.pub dist
              staticcheck gate --trust scratchready.pub --require linux/amd64,linux/arm64 --copy-to image dist
              staticcheck gate --allow-unsigned dist
              staticcheck gate --trust scratchready.pub --stamps dist oci:image
              staticcheck gate --trust scratchready.pub docker://registry.example.com/app:1.0

            Of an image, what it starts on each platform must be stamped, and find in the image what it needs.
            """)

    @Argument(help: ArgumentHelp("Files, folders and images.", valueName: "path"))
    var paths: [String]

    @OptionGroup(title: "Trust") var trust: TrustOptions

    @Option(help: ArgumentHelp("Platforms that must be there, with commas between.", valueName: "platform,…"))
    var require: [String] = []

    @Option(
        help: ArgumentHelp(
            "Copy what is let through, the very bytes that were verified, below a folder; nothing where anything is refused.",
            valueName: "folder"))
    var copyTo: String?

    @Option(
        help: ArgumentHelp(
            "For images: where the stamps of their programs lie. Those beside an image at its registry count too.",
            valueName: "folder"))
    var stamps: String?

    @Flag(help: "For docker://NAME: a registry without TLS, or with a certificate that nobody knows.")
    var insecure = false

    @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions
    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Report") var reporting: ReportOptions

    func validate() throws { try trust.demand() }

    func run() async throws {
        let required = try require.flatMap { $0.split(separator: ",").map(String.init) }.map(PlatformOptions.parse)
        try await Failure.reporting {
            let folder = FilePath(FileManager.default.currentDirectoryPath)
            let policy = try policyOptions.policy(over: configurationOptions.file(from: folder).settings)
            let gate = try trust.gate(policy)
            let targets = ImageTargets(paths)
            if copyTo != nil, let image = targets.images.first {
                throw ValidationError("--copy-to is for files: \(image.text) is an image")
            }
            let images = ImageGate(gate: gate, stamps: stamps.map { FilePath($0) }, isInsecure: insecure)
            let run = GateRun(
                gate: gate, required: required,
                target: copyTo.map { folder.pushing(FilePath($0)).lexicallyNormalized() })
            let report = try await Interruption.guarding {
                try await run.report(on: targets.files, with: images.result(on: targets.images))
            }
            try reporting.write(report)
            if report.exitCode != 0 { throw ExitCode(report.exitCode) }
        }
    }
}
