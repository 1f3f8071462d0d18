import ArgumentParser
import Reporting
import SystemPackage
import Verification
import Workflows

struct GateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate", _superCommandName: Identity.command,
        abstract: "Refuse files and images that are not verified and stamped.",
        discussion: """
            Each ELF file is read once; the same bytes are hashed, verified again, and compared with the stamp beside it. In \
            a folder every ELF file must have one.

            Examples:
              staticcheck gate --trust scratchcheck.pub dist
              staticcheck gate --trust scratchcheck.pub --require linux/amd64,linux/arm64 --copy-to image dist
              staticcheck gate --allow-unsigned dist
              staticcheck gate --trust scratchcheck.pub --stamps dist oci:image
              staticcheck gate --trust scratchcheck.pub docker://registry.example.com/app:1.0

            For each platform of an image, the program that it starts must be stamped, and the image must contain what it needs.
            """)

    @Argument(help: ArgumentHelp("Files, folders and images.", valueName: "path"))
    var paths: [String]

    @OptionGroup(title: "Trust") var trust: TrustOptions

    @Option(
        help: ArgumentHelp(
            "Platforms that must be among the admitted files, separated by commas.", valueName: "platform,…"),
        transform: ExactPlatforms.init(parsing:))
    var require: [ExactPlatforms] = []

    @Option(
        help: ArgumentHelp(
            "Copy the admitted files, exactly the bytes that were checked, to this folder. If any file is refused, copy nothing.",
            valueName: "folder"))
    var copyTo: String?

    @Option(
        help: ArgumentHelp(
            "For images: the folder with the stamps of their programs. Stamps in the image's registry count too.",
            valueName: "folder"))
    var stamps: String?

    @Option(
        help: ArgumentHelp(
            "Require that this was proved: of an image by its summary, of a file by its stamp. Needs --trust.",
            valueName: "start|run"))
    var requireProof: RequiredProof?

    @OptionGroup var registry: RegistryOption

    @OptionGroup(title: "Proof") var proof: ProofOptions
    @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions
    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Policy") var demands: DemandOptions
    @OptionGroup(title: "Policy") var licenses: LicenseOptions
    @OptionGroup(title: "Policy") var vulnerabilityOptions: VulnerabilityOptions
    @OptionGroup(title: "Report") var reporting: ReportOptions
    @OptionGroup(title: "Report") var verbosity: QuietOption

    func validate() throws {
        try trust.demand()
        if requireProof != nil, trust.trust.isEmpty {
            throw ValidationError("--require-proof needs --trust: anyone can write an unsigned stamp")
        }
        if copyTo?.isEmpty == true { throw ValidationError("--copy-to names no folder; . is this one") }
    }

    func run() async throws {
        try await Failure.reporting {
            let context = Surroundings.context(verbosity.listener())
            let request = try request(over: configurationOptions.resolve(in: context), in: context)
            let output = try reporting.resolve(in: context)
            let report = try await Interruption.guarding { try await GateWorkflow.run(request, in: context) }
            try output.write(report)
            try ExitCode.end(report.exitCode)
        }
    }

    /// The policy. The gate knows errors only, so it opens no database that no rule needs.
    private func policy(over file: ConfigurationFile, in context: Context) throws -> Policy {
        let policy = try licenses.resolve(
            demands.resolve(policyOptions.resolve(over: file.settings, in: context)), over: file.settings)
        guard !policy.refusesVulnerabilities else {
            return policy.lookingUp(in: try vulnerabilityOptions.resolve(over: file, in: context))
        }
        guard vulnerabilityOptions.vulnerabilities == nil, vulnerabilityOptions.maxDBAge == nil else {
            throw ValidationError(
                "the gate refuses errors only: --vulnerabilities and --max-db-age need --rule vulnerable=error, here and where stamps are made"
            )
        }
        return policy
    }

    /// The request of this command line.
    func request(over file: ConfigurationFile, in context: Context) throws -> GateRequest {
        let targets = ImageTargets(paths)
        try targets.checkFiles()
        if targets.images.isEmpty, stamps != nil {
            throw ValidationError("--stamps is for images: the stamp of a file is beside it")
        }
        try registry.check(targets)
        var request = GateRequest(
            files: targets.files, trust: try trust.resolve(in: context),
            policy: try policy(over: file, in: context))
        request.trust.requiredProof = requireProof?.level
        request.images = targets.images
        request.proof = try proof.imageProof(arguments: [])
        request.required = require.flatMap(\.platforms)
        request.copies = copyTo.map { context.folder.pushing(FilePath($0)).lexicallyNormalized() }
        request.stamps = stamps.map { FilePath($0) }
        request.isInsecure = registry.insecure
        return request
    }
}
