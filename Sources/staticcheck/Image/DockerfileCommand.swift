import ArgumentParser
import Attestation
import Configuration
import Dockerfiles
import Files
import FoundationEssentials
import GoToolchain
import Reporting
import ScratchImage
import SystemPackage
import Verification

struct DockerfileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dockerfile", _superCommandName: "staticcheck",
        abstract: "Write a scratch Dockerfile for this program, or lint one.",
        discussion: """
            The program is built once, to see what it will look for in its root. The file goes to the module's root, with a \
            .dockerignore beside it; files that are there are left alone, unless --force is given.

            With --lint, Dockerfiles are read whose final stage is from scratch or distroless. What fails in such an image is \
            named, with line and column; for other stages and for general style there is hadolint.

            Examples:
              staticcheck dockerfile ./cmd/app --port 8080
              staticcheck dockerfile --lint Dockerfile --binary dist/linux/amd64/app --report sarif=lint.sarif
            """)

    @Argument(help: ArgumentHelp("The package of the program; with --lint, Dockerfiles.", valueName: "package|file"))
    var words: [String] = []

    @Flag(help: "Lint Dockerfiles.")
    var lint = false

    @Option(help: ArgumentHelp("A port that the program listens on: 8080, 53/udp.", valueName: "port"))
    var port: [String] = []

    @Option(help: "The user and group that the program runs as, in numbers. Without it: 65532:65532.")
    var user: String?

    @Flag(help: "Write to standard output, and no file.")
    var stdout = false

    @Flag(help: "Overwrite files that are there.")
    var force = false

    @Option(
        help: ArgumentHelp(
            "With --lint: the program that goes into the image, to see what it looks for there.", valueName: "file"))
    var binary: [String] = []

    @Option(help: ArgumentHelp("With --lint: the stage that is built. Without it: the last.", valueName: "stage"))
    var target: String?

    @Option(help: ArgumentHelp("With --lint: a rule that is not applied.", valueName: "rule"))
    var ignore: [String] = []

    @OptionGroup var matrix: MatrixOptions
    @OptionGroup(title: "Speed") var speed: SpeedOptions
    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Report") var reporting: ReportOptions
    @OptionGroup(title: "Report") var comparison: ComparisonOptions

    func validate() throws {
        _ = try user.map(ImageOptions.numbers)
        for port in port { _ = try ImageOptions.port(port) }
        let known = Rule.ofDockerfiles.map(\.identifier)
        if let unknown = ignore.first(where: { !known.contains($0) }) {
            throw ValidationError(
                "--ignore \(unknown): there is no such rule; there are \(known.joined(separator: ", "))")
        }
        if !lint, !binary.isEmpty || target != nil || !ignore.isEmpty {
            throw ValidationError("--binary, --target and --ignore are for --lint")
        }
    }

    func run() async throws {
        try await Failure.reporting {
            let folder = try matrix.folder.path()
            if lint { return try report(in: folder) }
            try await Interruption.guarding { try await write(in: folder) }
        }
    }

    private func report(in folder: FilePath) throws {
        let files = words.isEmpty ? ["Dockerfile"] : words
        let report = try DockerfileRun(
            binaries: binary.map { folder.pushing(FilePath($0)) }, target: target, ignored: Set(ignore),
            policy: policyOptions.policy(over: matrix.configuration.file(from: folder).settings)
        ).report(on: files, in: folder)
        try reporting.write(comparison.compared(report), from: folder)
        try comparison.end(with: report)
    }

    private func write(in folder: FilePath) async throws {
        let program = try await DockerfileProgram(words, options: self, folder: folder)
        let recipe = program.recipe
        let text = recipe.text
        // What is written must be what the lint finds nothing in.
        let lint = try DockerfileLint(try Dockerfile(text), needs: recipe.needs)
        guard lint.findings.isEmpty else {
            throw ImageError(
                "the recipe has a fault of its own: \(lint.findings.map(\.message.description).joined(separator: "; "))"
            )
        }
        if stdout { return Terminal.write(text, to: .output) }
        let file = program.root.appending("Dockerfile")
        guard force || !FileManager.default.fileExists(atPath: file.string) else {
            throw ImageError("\(file) is there already; --force overwrites it, --stdout writes none")
        }
        try AtomicFile.write(text.utf8, to: file)
        Terminal.write("wrote \(file)\n", to: .error)
        let ignored = program.root.appending(".dockerignore")
        guard force || !FileManager.default.fileExists(atPath: ignored.string) else {
            return Terminal.write("left \(ignored) as it is\n", to: .error)
        }
        try AtomicFile.write(DockerfileRecipe.ignored.utf8, to: ignored)
        Terminal.write("wrote \(ignored)\n", to: .error)
    }
}
