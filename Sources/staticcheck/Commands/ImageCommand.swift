import ArgumentParser
import Attestation
import Configuration
import Reporting
import ScratchImage
import SystemPackage
import Verification
import Workflows

struct ImageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "image", _superCommandName: Identity.command,
        abstract: "Make a scratch image of stamped binaries, for all platforms, without a daemon.",
        discussion: """
            Packages are built, verified and stamped as by check. With --from, existing binaries are used. Each binary must \
            pass the gate. The image contains exactly the bytes that passed and the files that the program needs, and \
            nothing else. The same sources give the same image, byte for byte.

            Examples:
              staticcheck image ./cmd/app -t registry.example.com/app:1.0 --expose 8080
              staticcheck image --from dist --trust release.pub -o oci-archive:app.tar
              staticcheck image ./cmd/server ./cmd/migrate --entrypoint server
              staticcheck image ./cmd/app -p linux/amd64 -o docker-archive:app.tar --load
              staticcheck image ./cmd/app -t registry.example.com/app:1.0 --push registry.example.com/app:1.0
            """)

    @Argument(help: ArgumentHelp("Packages, as check takes them; after --, flags for go build.", valueName: "package"))
    var words: [String] = []

    @Option(
        help: ArgumentHelp("Use the stamped binaries in this folder instead of building.", valueName: "folder"))
    var from: String?

    @Option(
        help: ArgumentHelp(
            "A program to put into the image; default: all of the packages or of the folder.",
            discussion: "May be given several times.", valueName: "name"),
        transform: ProgramName.init(parsing:))
    var program: [ProgramName] = []

    @Option(
        help: ArgumentHelp("The program that the image starts, if it holds several.", valueName: "name"),
        transform: ProgramName.init(parsing:))
    var entrypoint: ProgramName?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Where to write the image: oci:FOLDER, oci-archive:FILE or docker-archive:FILE; default: oci:image.",
            discussion: "May be given several times.", valueName: "form:path"),
        transform: ImageDestination.init(parsing:))
    var output: [ImageDestination] = []

    @Option(
        help: ArgumentHelp(
            "Push the image to a registry with skopeo, crane or oras (the first on PATH) and that tool's credentials.",
            valueName: "name:tag"),
        transform: ImageReference.init(parsing:))
    var push: ImageReference?

    @Option(
        help: ArgumentHelp(
            "Write the predicate of the image's summary to this file, for actions/attest or cosign attest to sign.",
            valueName: "file"))
    var predicate: String?

    @Flag(help: "With --push: a registry without TLS, or with a certificate that is not trusted.")
    var insecure = false

    @Flag(help: "Load the image into podman or docker (the first on PATH).")
    var load = false

    @Option(name: .customLong("dist"), help: "The folder for the binaries that are built; default: dist.")
    var dist: String?

    @Option(help: "The format of the report on standard output: text or json.")
    var format: PlainForm = .text

    @OptionGroup(title: "Image") var image: ImageOptions
    @OptionGroup var matrix: MatrixOptions
    @OptionGroup(title: "Speed") var speed: SpeedOptions
    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Policy") var demands: DemandOptions
    @OptionGroup(title: "Policy") var licenses: LicenseOptions
    @OptionGroup(title: "Policy") var vulnerabilityOptions: VulnerabilityOptions
    @OptionGroup(title: "Proof") var proof: ProofOptions
    @OptionGroup(title: "Stamps") var stampOptions: StampOptions
    @OptionGroup(title: "Trust") var trust: TrustOptions
    @OptionGroup(title: "Report") var notes: NoteOptions
    @OptionGroup(title: "Report") var verbosity: VerbosityOptions

    func validate() throws {
        guard from != nil else { return }
        guard words.isEmpty else { throw ValidationError("--from uses existing binaries; name no packages") }
        try trust.demand()
    }

    func run() async throws {
        try await Failure.reporting {
            let context = try matrix.folder.resolve(
                in: Surroundings.context(verbosity.listener(showsNotes: notes.areShown)))
            let file = try matrix.configuration.resolve(in: context)
            let request = try request(
                CommandWords(words, commandLine: Surroundings.arguments), over: file, in: context)
            if from == nil { file.note(in: context) }
            let report = try await Interruption.guarding { try await ImageWorkflow.run(request, in: context) }
            try Terminal.report(format == .json ? try JSONReporter.render(report) : report.text)
        }
    }

    /// The request of this command line.
    func request(
        _ words: CommandWords, over file: ConfigurationFile, in context: Context
    ) throws -> ImageRequest {
        context.hide(stampOptions.key)
        let policy = try licenses.resolve(
            demands.resolve(policyOptions.resolve(over: file.settings, in: context)), over: file.settings
        )
        .lookingUp(in: vulnerabilityOptions.resolve(over: file, in: context))
        var request = ImageRequest(
            supply: try supply(words, policy: policy, over: file, in: context), trust: try trust.resolve(in: context),
            policy: policy)
        request.programs = try choice(over: file.settings.image)
        request.contents = try image.resolve(over: file, in: context)
        request.proof = try proof.imageProof(over: file.settings.image, asking: request.contents.health)
        request.destinations = output.isEmpty ? [.standard] : output
        request.push = push
        request.predicate = predicate.map { FilePath($0) }
        request.key = try key(over: file, in: context)
        request.isInsecure = insecure
        request.isLoading = load
        request.goVersion = matrix.build.goVersion ?? file.settings.builds.first?.goVersion
        request.goPath = matrix.build.goPath.map { context.folder.pushing(FilePath($0)) }
        return request
    }

    /// The programs. A configured entry point counts as long as it is among them.
    private func choice(over section: ImageSection?) throws -> ProgramChoice {
        let configured: [ProgramName] = try section?.configured("programs", section?.programs) ?? []
        let names = (program.isEmpty ? configured : program).map(\.text)
        let start: ProgramName? = try section?.configured("entrypoint", section?.entryPoint)
        let isPacked = program.isEmpty || start.map { names.contains($0.text) } ?? false
        return ProgramChoice(names, entryPoint: entrypoint?.text ?? (isPacked ? start?.text : nil))
    }

    /// The key that signs the image's summary. With `--from` the configured key is not read: the machine that packages need not
    /// have it.
    private func key(over file: ConfigurationFile, in context: Context) throws -> SigningKey? {
        let file = from == nil ? file : .none(in: context.folder)
        return try stampOptions.resolve(over: file, bills: [], in: context).key
    }

    private func supply(
        _ words: CommandWords, policy: Policy, over file: ConfigurationFile, in context: Context
    ) throws -> ImageRequest.Supply {
        if let from {
            return .folder(
                NamedPath(from, from: context.folder), platforms: try matrix.platformOptions.chosen(in: context))
        }
        var check = CheckRequest(
            matrix: try matrix.resolve(words.own, toGo: words.passedOn, over: file, in: context), policy: policy,
            output: try .init(over: file, option: dist, in: context))
        check.speed = try speed.resolve(in: context)
        check.stamps = try stampOptions.resolve(over: file, bills: [], in: context)
        // The bill of each program is pushed beside the image.
        if push != nil { check.bill = BillSettings(supplier: file.settings.supplier) }
        check.isReproducing = file.settings.reproduce == true
        check.matrix.isAskingAnew = check.isReproducing
        return .build(check)
    }
}
