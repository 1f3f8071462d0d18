import ArgumentParser
import Reporting
import Verification
import Workflows

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", _superCommandName: Identity.command,
        abstract: "Verify existing files, folders and images, from any compiler.",
        discussion: """
            In a folder, all ELF files are verified and other files are skipped. A file that you name must be a program. \
            A path with nothing to verify is an error. Symbolic links in a folder are skipped; with --stamp, a link to a program in \
            the folder is stamped too, because gate requires it.

            Images are named as skopeo names them: oci:FOLDER[:TAG], oci-archive:FILE, docker-archive:FILE, and docker://NAME, \
            which skopeo fetches. The user of an image must not be root. For each platform, the program \
            that the image starts must exist, be for that platform and be executable by the user, and the image must contain \
            what the program needs.
            """)

    @Argument(help: ArgumentHelp("Files, folders and images; after --, arguments for --prove=run.", valueName: "path"))
    var words: [String]

    @Flag(name: .shortAndLong, help: "Does nothing: folders are always searched.")
    var recursive = false

    @Option(
        name: [.customLong("platform"), .customShort("p")],
        help: "The platform that each file must be for: linux/arm/v7.", transform: ExactPlatform.init(parsing:))
    var platform: ExactPlatform?

    @OptionGroup var registry: RegistryOption

    @Option(
        help: ArgumentHelp("The most that the image of a platform may be, unpacked: 20MB, 64MiB.", valueName: "size"),
        transform: SizeLimit.init(parsing:))
    var maxSize: SizeLimit?

    @Flag(help: "Write a stamp beside each file that passes.")
    var stamp = false

    @OptionGroup(title: "Stamps") var stampOptions: StampOptions
    @OptionGroup(title: "Proof") var proof: ProofOptions
    @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions
    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Policy") var demands: DemandOptions
    @OptionGroup(title: "Policy") var vulnerabilityOptions: VulnerabilityOptions
    @OptionGroup(title: "Report") var reporting: ReportOptions
    @OptionGroup(title: "Report") var comparison: ComparisonOptions
    @OptionGroup(title: "Report") var bills: BillOptions
    @OptionGroup(title: "Report") var vex: VEXOptions
    @OptionGroup(title: "Report") var verbosity: QuietOption

    func validate() throws {
        if !stamp, stampOptions.isGiven { throw ValidationError("--key and --stamp-format are for --stamp") }
    }

    func run() async throws {
        try await Failure.reporting {
            let context = Surroundings.context(verbosity.listener())
            let file = try configurationOptions.resolve(in: context)
            let request = try request(
                CommandWords(words, commandLine: Surroundings.arguments), over: file, in: context)
            let vex = try vex.resolve(isLookingUp: vulnerabilityOptions.isGiven(over: file), in: context)
            let output = try reporting.resolve(in: context)
            let comparison = try comparison.resolve(in: context)
            let report = try comparison.compared(
                await Interruption.guarding { try await VerifyWorkflow.run(request, in: context) })
            try bills.resolve(over: file, in: context).write(report, in: context)
            try output.write(report)
            try vex.write(report, in: context)
            try ExitCode.end(report.exitCode)
        }
    }

    /// The request of this command line.
    func request(
        _ words: CommandWords, over file: ConfigurationFile, in context: Context
    ) throws -> VerifyRequest {
        guard !words.own.isEmpty else { throw ValidationError("name files, folders or images to verify") }
        context.hide(stampOptions.key)
        let targets = ImageTargets(words.own)
        try targets.checkFiles()
        try registry.check(targets)
        var request = VerifyRequest(
            files: targets.files,
            policy: try demands.resolve(policyOptions.resolve(over: file.settings, in: context))
                .lookingUp(in: vulnerabilityOptions.resolve(over: file, in: context)))
        request.images = targets.images
        request.platform = platform?.platform
        request.proof = try proof.resolve(arguments: words.passedOn)
        request.imageProof = try proof.imageProof(arguments: words.passedOn)
        let bills = try bills.resolve(over: file, in: context)
        request.bill = self.bills.settings(over: file)
        if stamp { request.stamps = try stampOptions.resolve(over: file, bills: bills.formats, in: context) }
        request.isHashing = reporting.showsDigests || !bills.files.isEmpty || !vex.files.isEmpty
        request.isMeasuring = comparison.sizes || reporting.drawsSizes
        request.isListing = comparison.isListing
        request.isInsecure = registry.insecure
        request.sizeLimit = maxSize?.bytes
        return request
    }
}
