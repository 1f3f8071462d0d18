import ArgumentParser
import Configuration
import Reporting
import Workflows

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Build for every platform, verify, stamp (the default command).",
        discussion: """
            Examples:
              staticcheck ./cmd/app
              staticcheck ./... --platform linux/amd64,linux/arm64,linux/arm/v7
              staticcheck --ldflags '-s -w -X main.version={{version}}' ./cmd/app -- -v
              staticcheck ./cmd/app --prove=run -- --version
              staticcheck --shard 2/4 --report json=shard-2.json

            The binaries go to dist/<os>/<arch>[/<variant>]/<name>. Each one that passes gets a stamp <name>.intoto.json.
            Options override scratchready.yaml; 'staticcheck init' writes one.
            """)

    @Argument(
        help: ArgumentHelp(
            """
            Packages, as go takes them, or names of configured builds; after --, flags for go build. Default: what \
            scratchready.yaml builds, else the package in this folder.
            """,
            discussion: "With --prove=run, the program's arguments follow --, or a second -- after flags for go build.",
            valueName: "package"))
    var words: [String] = []

    @OptionGroup var matrix: MatrixOptions
    @OptionGroup(title: "Speed") var speed: SpeedOptions
    @OptionGroup(title: "Proof") var proof: ProofOptions
    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Stamps") var stampOptions: StampOptions
    @OptionGroup(title: "Report") var bills: BillOptions
    @OptionGroup(title: "Report") var reporting: ReportOptions
    @OptionGroup(title: "Report") var comparison: ComparisonOptions
    @OptionGroup(title: "Report") var verbosity: VerbosityOptions

    @Option(name: [.customLong("output"), .customShort("o")], help: "The folder for the binaries; default: dist.")
    var output: String?

    @Flag(inversion: .prefixedNo, help: "Write a stamp beside each binary that passes; on by default.")
    var stamp: Bool?

    @Flag(help: "Build every program a second time, from a copy and without a cache: it must come out the same.")
    var reproduce = false

    @Flag(help: "Show the commands that would be run, and run none of them.")
    var dryRun = false

    func run() async throws {
        try await Failure.reporting {
            let context = try matrix.folder.resolve(in: Surroundings.context(verbosity.listener()))
            let file = try matrix.configuration.resolve(in: context)
            let request = try request(
                CommandWords(words, commandLine: Surroundings.arguments), over: file, in: context)
            file.note(in: context)
            if dryRun {
                let commands = try await Interruption.guarding {
                    try await CheckWorkflow.commands(request, in: context)
                }
                return Terminal.write(commands.map { $0 + "\n" }.joined(), to: .output)
            }
            let report = try await Interruption.guarding { try await CheckWorkflow.run(request, in: context) }
            try finish(report, over: file, in: context)
        }
    }

    /// The request of this command line.
    func request(_ words: CommandWords, over file: ConfigurationFile, in context: Context) throws -> CheckRequest {
        let (toGo, toProgram) = proof.divide(words.passedOn)
        var request = CheckRequest(
            matrix: try matrix.resolve(words.own, toGo: toGo, over: file, in: context),
            policy: try policyOptions.resolve(over: file.settings, in: context),
            output: .init(over: file, option: output, in: context))
        request.proof = try proof.resolve(arguments: toProgram)
        request.speed = try speed.resolve(in: context)
        if stamp ?? file.settings.stamps?.isOn ?? true {
            request.stamps = try stampOptions.resolve(over: file, bills: bills.resolve().formats, in: context)
        }
        request.isReproducing = reproduce || file.settings.reproduce == true
        // Reports for programs show sizes only with --sizes, so that those of all shards can be joined.
        request.isMeasuring = comparison.sizes || reporting.drawsSizes
        return request
    }

    private func finish(_ report: Report, over file: ConfigurationFile, in context: Context) throws {
        let comparison = comparison.resolve()
        let report = try comparison.compared(report)
        try bills.resolve().write(report, in: context)
        try reporting.resolve(over: file, in: context).write(report)
        try ExitCode.end(comparison.exitCode(of: report))
    }
}

extension CheckRequest.OutputFolder {
    /// The folder of an option, else of the configuration, else `dist`.
    init(over file: ConfigurationFile, option: String?, in context: Context) {
        self.init(
            option ?? file.settings.output ?? "dist", from: option == nil ? file.folder : context.folder,
            workingFolder: context.folder)
    }
}

extension ConfigurationFile {
    /// Notes which file is in force.
    func note(in context: Context) {
        if let path { context.listener.note("configuration: \(path)".printable) }
    }
}
