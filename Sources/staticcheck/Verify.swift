import ArgumentParser
import Attestation
import Configuration
import ELF
import FoundationEssentials
import GoBinary
import ProcessStart
import Reporting
import SystemPackage
import Verification

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", _superCommandName: "staticcheck",
        abstract: "Verify files or whole trees that exist already, from any compiler.",
        discussion: """
            A folder is searched for ELF files, and other files in it are passed over; a file that is named must be a program.
            A path at which nothing is found to verify is an error.

            Images are named as skopeo names them: oci:FOLDER[:TAG], oci-archive:FILE, docker-archive:FILE, and docker://NAME,
            which skopeo fetches. For every platform, what the image starts must be there, be executable by its user, who is
            no root, be for that platform, and find in the image what it needs.
            """)

    @Argument(help: ArgumentHelp("Files and folders, and after -- arguments for --prove=run.", valueName: "path"))
    var words: [String]

    @Flag(name: .shortAndLong, help: "Look into folders, which is done with or without this flag.")
    var recursive = false

    @Option(
        name: [.customLong("platform"), .customShort("p")],
        help: "The platform that every file must be for: linux/arm/v7.")
    var platformText: String?

    @Flag(help: "For docker://NAME: a registry without TLS, or with a certificate that nobody knows.")
    var insecure = false

    @Flag(help: "Write a stamp beside each file that passes.")
    var stamp = false

    @OptionGroup(title: "Stamps") var stampOptions: StampOptions
    @OptionGroup(title: "Proof") var proof: ProofOptions
    @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions
    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Report") var reporting: ReportOptions
    @OptionGroup(title: "Report") var comparison: ComparisonOptions
    @OptionGroup(title: "Report") var bills: BillOptions

    func validate() throws {
        if !stamp, stampOptions.isGiven { throw ValidationError("--key and --stamp-format are for --stamp") }
    }

    /// Whether the reports show where the bytes go; those for programs do with --sizes, so that they can be joined.
    private var showsSizes: Bool { comparison.sizes || reporting.drawsSizes }

    func run() async throws {
        let platform = try platformText.map(PlatformOptions.parse)
        let (paths, programArguments) = CommandWords.split(words, commandLine: ProcessStart.arguments)
        guard !paths.isEmpty else { throw ValidationError("name files or folders to verify") }
        let prover = try proof.prover(arguments: programArguments)
        try await Failure.reporting {
            let folder = FilePath(FileManager.default.currentDirectoryPath)
            let file = try configurationOptions.file(from: folder)
            let policy = try policyOptions.policy(over: file.settings)
            let targets = ImageTargets(paths)
            if stamp, let image = targets.images.first {
                throw ValidationError("--stamp is for files: \(image.text) is an image")
            }
            if prover != nil, let image = targets.images.first {
                throw ValidationError("--prove is for files, alone in an empty root: \(image.text) is an image")
            }
            let images = ImageVerifier(
                policy: policy, expected: platform, isInsecure: insecure, isMeasuring: showsSizes)
            let verifier = FileVerifier(
                policy: policy, expected: platform, prover: prover,
                isHashing: reporting.showsDigests || !bills.files.isEmpty,
                stamper: try stamp
                    ? Stamper(
                        form: stampOptions.form(over: file.settings.stamps, from: file.folder), bills: bills.formats)
                    : nil,
                isMeasuring: showsSizes)
            let report = try comparison.compared(
                await Interruption.guarding {
                    try await verifier.report(on: targets.files, with: images.report(on: targets.images))
                })
            try bills.write(report.bills, from: folder)
            try reporting.write(report)
            try comparison.end(with: report)
        }
    }
}
