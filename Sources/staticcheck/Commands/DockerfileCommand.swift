import ArgumentParser
import Configuration
import Reporting
import ScratchImage
import SystemPackage
import Verification
import Workflows

struct DockerfileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dockerfile", _superCommandName: Identity.command,
        abstract: "Write a scratch Dockerfile for this program, or lint one.",
        discussion: """
            The program is built once, to find out which files it needs. The Dockerfile goes to the module's root, \
            with a .dockerignore beside it. Existing files are kept, unless --force is given.

            --lint reads Dockerfiles whose final stage is from scratch or distroless, and reports what fails in such an \
            image, with line and column; - is standard input. For other stages and for style, use hadolint.

            Examples:
              staticcheck dockerfile ./cmd/app --port 8080
              staticcheck dockerfile --lint Dockerfile --binary dist/linux/amd64/app --report sarif=lint.sarif
            """)

    @Argument(help: ArgumentHelp("The package of the program; with --lint, Dockerfiles.", valueName: "package|file"))
    var words: [String] = []

    @Flag(help: "Lint Dockerfiles.")
    var lint = false

    @Option(
        help: ArgumentHelp("A port that the program listens on: 8080, 53/udp.", valueName: "port"),
        transform: Port.init(parsing:))
    var port: [Port] = []

    @Option(
        help: "The user and group that the program runs as, as numbers; default: 65532:65532.",
        transform: UserNumbers.init(parsing:))
    var user: UserNumbers?

    @Option(
        help: ArgumentHelp(
            "An image that holds staticcheck at /staticcheck. It verifies the program during the build of the image.",
            valueName: "image"),
        transform: PinnedReference.init(parsing:))
    var toolImage: PinnedReference?

    @Flag(help: "Print to standard output, and write no file.")
    var stdout = false

    @Flag(help: "Overwrite existing files.")
    var force = false

    @Option(
        help: ArgumentHelp(
            "With --lint: a program in the image, to find out which files it needs.", valueName: "file"))
    var binary: [String] = []

    @Option(help: ArgumentHelp("With --lint: the stage that is built; default: the last.", valueName: "stage"))
    var target: String?

    @Option(help: ArgumentHelp("With --lint: a rule to skip, like --rule NAME=off.", valueName: "rule"))
    var ignore: [String] = []

    @OptionGroup(title: "Health") var health: HealthOptions
    @OptionGroup var matrix: MatrixOptions
    @OptionGroup(title: "Speed") var speed: SpeedOptions
    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Report") var reporting: ReportOptions
    @OptionGroup(title: "Report") var comparison: ComparisonOptions

    func validate() throws {
        let known = Rule.ofDockerfiles.map(\.identifier)
        if let unknown = ignore.first(where: { !known.contains($0) }) {
            throw ValidationError(
                "--ignore \(unknown): unknown rule; the rules are \(known.joined(separator: ", "))")
        }
        guard matrix.platformOptions.platforms.isEmpty else {
            throw ValidationError("--platform is not for dockerfile: a Dockerfile is for every platform")
        }
        if lint, health.healthcheck != nil { throw ValidationError("--healthcheck is not for --lint") }
        if lint, toolImage != nil { throw ValidationError("--tool-image is not for --lint") }
        if !lint, !binary.isEmpty || target != nil || !ignore.isEmpty {
            throw ValidationError("--binary, --target and --ignore are for --lint")
        }
    }

    func run() async throws {
        try await Failure.reporting {
            let context = try matrix.folder.resolve(in: Surroundings.context())
            try await lint ? report(in: context) : write(in: context)
        }
    }

    private func report(in context: Context) throws {
        var request = DockerfileLintRequest(
            files: (words.isEmpty ? ["Dockerfile"] : words).map { FilePath($0) },
            policy: try policyOptions.resolve(
                over: matrix.configuration.resolve(in: context).settings, in: context
            ).turningOff(Set(ignore)))
        request.binaries = binary.map { FilePath($0) }
        request.target = target
        let output = try reporting.resolve(in: context)
        let comparison = try comparison.resolve(in: context)
        let report = try comparison.compared(DockerfileLintWorkflow.run(request, in: context))
        try output.write(report)
        try ExitCode.end(report.exitCode)
    }

    private func write(in context: Context) async throws {
        let file = try matrix.configuration.resolve(in: context)
        let request = try request(over: file, in: context)
        let result = try await Interruption.guarding { try await DockerfileWorkflow.run(request, in: context) }
        let unused = file.settings.image.map(\.keysForImagesAlone) ?? []
        if !unused.isEmpty {
            context.listener.note(
                "not in the Dockerfile, of 'image' in the configuration: \(unused.joined(separator: ", ")); "
                    + "'staticcheck image' makes an image with all of it")
        }
        if request.toolImage == nil {
            context.listener.note(
                "nothing verifies the program while the image is built: --tool-image IMAGE adds that, with an image of staticcheck"
            )
        }
        if stdout { return try Terminal.report(result.text) }
        for file in result.written { context.listener.note("wrote \(file)") }
        if let kept = result.kept { context.listener.note("kept the existing \(kept)") }
    }

    /// The request of this command line.
    func request(over file: ConfigurationFile, in context: Context) throws -> DockerfileRequest {
        let builds = try matrix.resolve(words, over: file, in: context)
        var request = DockerfileRequest(
            matrix: builds, policy: try policyOptions.resolve(over: file.settings, in: context))
        let section = file.settings.image
        request.speed = try speed.resolve(in: context)
        request.user = try user ?? section?.user() ?? .standard
        request.ports = try (section?.ports() ?? []) + port
        request.toolImage = toolImage
        request.health = try health.resolve(over: section)
        request.isForced = force
        request.isPrinting = stdout
        return request
    }
}
