import ArgumentParser
import Configuration
import Files
import Reporting
import SystemPackage
import Text
import Verification
import Workflows

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", _superCommandName: Identity.command,
        abstract: "Build for every platform, verify and stamp (the default command).",
        discussion: """
            Examples:
              staticcheck ./cmd/app
              staticcheck ./... --platform linux/amd64,linux/arm64,linux/arm/v7
              staticcheck --ldflags '-s -w -X main.version={{version}}' ./cmd/app -- -v
              staticcheck ./cmd/app --prove=run -- --version
              staticcheck --shard 2/4 --report json=shard-2.json

            The binaries go to dist/<os>/<arch>[/<variant>]/<name>. Each one that passes gets a stamp: <name>.intoto.json, or <name>.intoto.jsonl with --key.
            Options override scratchcheck.yaml; 'staticcheck init' writes one.
            """)

    @Argument(
        help: ArgumentHelp(
            """
            Packages, as for go build, or names of configured builds; after --, flags for go build. Default: the builds in \
            scratchcheck.yaml, or else the package in this folder.
            """,
            discussion:
                "With --prove=run, the arguments of the program follow --, or a second -- if flags for go build follow the first.",
            valueName: "package"))
    var words: [String] = []

    @OptionGroup var matrix: MatrixOptions
    @OptionGroup(title: "Speed") var speed: SpeedOptions
    @OptionGroup(title: "Speed") var sharding: ShardOptions
    @OptionGroup(title: "Proof") var proof: ProofOptions
    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Policy") var demands: DemandOptions
    @OptionGroup(title: "Policy") var licenses: LicenseOptions
    @OptionGroup(title: "Policy") var vulnerabilityOptions: VulnerabilityOptions
    @OptionGroup(title: "Stamps") var stampOptions: StampOptions
    @OptionGroup(title: "Report") var bills: BillOptions
    @OptionGroup(title: "Report") var vex: VEXOptions
    @OptionGroup(title: "Report") var reporting: ReportOptions
    @OptionGroup(title: "Report") var comparison: ComparisonOptions
    @OptionGroup(title: "Report") var verbosity: VerbosityOptions

    @Option(name: [.customLong("output"), .customShort("o")], help: "The folder for the binaries; default: dist.")
    var output: String?

    @Flag(inversion: .prefixedNo, help: "Write a stamp beside each binary that passes; on by default.")
    var stamp: Bool?

    @Flag(help: "Build every program a second time, from a copy and without a cache. Both files must be identical.")
    var reproduce = false

    @Flag(help: "Print the go commands without running them.")
    var dryRun = false

    func validate() throws {
        guard !proof.asksImages else {
            throw ValidationError(
                "--probe, --probe-timeout and --stop-timeout are for images: use them with image or verify")
        }
    }

    func run() async throws {
        try await Failure.reporting {
            let context = try matrix.folder.resolve(in: Surroundings.context(verbosity.listener()))
            let file = try matrix.configuration.resolve(in: context)
            var request = try request(
                CommandWords(words, commandLine: Surroundings.arguments), over: file, in: context)
            file.note(in: context)
            if dryRun {
                let commands = try await Interruption.guarding { [request] in
                    try await CheckWorkflow.commands(request, in: context)
                }
                return try Terminal.report(commands.map { $0.printable + "\n" }.joined())
            }
            let output = try reporting.resolve(over: file, created: request.output.path, in: context)
            let comparison = try comparison.resolve(in: context)
            let vex = try vex.resolve(
                isLookingUp: vulnerabilityOptions.isGiven(over: file), created: request.output.path, in: context)
            let bills = try bills.resolve(over: file, created: request.output.path, in: context)
            request.results =
                output.delivery.files.map(\.path).distinct + bills.files.map(\.path).distinct + vex.files.map(\.path)
            let report = try await output.reportingFailure(under: request.policy) { [request] in
                try await Interruption.guarding { try await CheckWorkflow.run(request, in: context) }
            }
            try finish(comparison.compared(report), bills, vex, to: output, comparison, in: context)
        }
    }

    /// The request of this command line.
    func request(_ words: CommandWords, over file: ConfigurationFile, in context: Context) throws -> CheckRequest {
        context.hide(stampOptions.key)
        let (toGo, toProgram) = proof.divide(words.passedOn)
        var request = CheckRequest(
            matrix: try matrix.resolve(words.own, toGo: toGo, over: file, in: context),
            policy: try licenses.resolve(
                demands.resolve(policyOptions.resolve(over: file.settings, in: context)), over: file.settings
            )
            .lookingUp(in: vulnerabilityOptions.resolve(over: file, in: context)),
            output: try .init(over: file, option: output, in: context))
        request.proof = try proof.resolve(arguments: toProgram)
        request.speed = try speed.resolve(in: context)
        request.speed.shard = sharding.shard
        request.bill = bills.settings(over: file)
        if !dryRun, stamp ?? file.settings.stamps?.isOn ?? true {
            request.stamps = try stampOptions.resolve(
                over: file, bills: bills.resolve(over: file, created: request.output.path, in: context).formats,
                in: context)
        }
        request.isReproducing = reproduce || file.settings.reproduce == true
        request.matrix.isAskingAnew = request.isReproducing
        // HTML always shows sizes. JSON has them only with --sizes, for a later merge.
        request.isMeasuring = comparison.sizes || reporting.drawsSizes
        request.isListing = comparison.isListing
        return request
    }

    private func finish(
        _ report: Report, _ bills: BillDelivery, _ vex: VEXDelivery, to output: ReportOutput,
        _ comparison: ComparisonSettings,
        in context: Context
    ) throws {
        try bills.write(report, in: context)
        try output.write(report)
        try vex.write(report, in: context)
        try ExitCode.end(report.exitCode)
    }
}

extension CheckRequest.OutputFolder {
    /// The folder of an option, else of the configuration, else `dist` beside the configuration.
    ///
    /// - Throws: If no option names the folder, and a symbolic link leads out of the repository.
    init(over file: ConfigurationFile, option: String?, in context: Context) throws {
        if let option {
            // A variable of a script that is not set.
            guard !option.isEmpty else { throw ValidationError("--output names no folder; . is this one") }
            self.init(option, from: context.folder, workingFolder: context.folder)
            guard !path.exists || path.isFolder else {
                throw UnusableOutput.file(option, OutputError(path, .system(.createFolder, .notDirectory)))
            }
            return
        }
        let output = file.settings.output
        self.init(output?.text ?? "dist", from: file.folder, workingFolder: context.folder)
        if let output {
            _ = try file.place(output)
        } else if let target = file.escape(of: path) {
            throw ResolveError.outputLeavesRepository(path, target: target)
        }
    }
}

extension ConfigurationFile {
    /// Notes which file is in force.
    func note(in context: Context) {
        if let path { context.listener.note("configuration: \(path)") }
    }
}
