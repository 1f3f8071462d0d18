import ArgumentParser
import Attestation
import Configuration
import FoundationEssentials
import GoToolchain
import Processes
import Proving
import Reporting
import SystemPackage
import Verification

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Build for every platform, verify, stamp (the default command).",
        discussion: """
            Examples:
              staticcheck ./cmd/app
              staticcheck ./... --platform linux/amd64,linux/arm64,linux/arm/v7
              staticcheck --ldflags '-s -w -X main.version={{version}}' ./cmd/app -- -v
              staticcheck ./cmd/app --prove=run -- --version
              staticcheck --shard 2/4 --report json=shard-2.json

            The binaries go to dist/<os>/<arch>[/<variant>]/<name>, each that passes with a stamp <name>.intoto.json.
            What scratchready.yaml says is taken where no option says otherwise; 'staticcheck init' writes one.
            """)

    @Argument(
        help: ArgumentHelp(
            """
            Packages, as go takes them, or names of configured builds; after -- flags for go build. Without any: what \
            scratchready.yaml builds, else the package in this folder.
            """,
            discussion:
                "With --prove=run the words after -- are the program's arguments, those after a second -- at that.",
            valueName: "package"))
    var words: [String] = []

    @OptionGroup var matrix: MatrixOptions
    @OptionGroup(title: "Speed") var speed: SpeedOptions
    @OptionGroup(title: "Proof") var proof: ProofOptions
    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Stamps") var stampOptions: StampOptions
    @OptionGroup(title: "Report") var bills: BillOptions
    @OptionGroup(title: "Report") var reporting: ReportOptions
    @OptionGroup(title: "Report") var verbosity: VerbosityOptions

    @Option(
        name: [.customLong("output"), .customShort("o")],
        help: "The folder for the binaries. Without it: dist.")
    var output: String?

    @Flag(inversion: .prefixedNo, help: "Write a stamp beside each binary that passes, which is the default.")
    var stamp: Bool?

    @Flag(help: "Build every program a second time, from a copy and without a cache: it must come out the same.")
    var reproduce = false

    @Flag(help: "Show the commands that would be run, and run none of them.")
    var dryRun = false

    func run() async throws {
        let (packages, behind) = CommandWords.split(words, commandLine: CommandLine.arguments)
        let (toGo, toProgram) = passedOn(behind)
        let prover = try proof.prover(arguments: toProgram)
        try await Failure.reporting {
            let folder = try matrix.folder.path()
            let file = try matrix.configuration.file(from: folder)
            let policy = try policyOptions.policy(over: file.settings)
            let report = try await Interruption.guarding { () -> Report? in
                try await check(packages, toGo: toGo, policy: policy, prover: prover, file: file, folder: folder)
            }
            guard let report = try report.map(reporting.compared) else { return }
            let configured = file.settings.reports.compactMap { report in
                ReportFormat(rawValue: report.format).map { ($0, file.folder.pushing(FilePath(report.file))) }
            }
            try bills.write(report.binaries.compactMap(\.bill), from: folder)
            try reporting.write(report, configured: configured, from: folder)
            let code = reporting.exitCode(of: report)
            if code != 0 { throw ExitCode(code) }
        }
    }

    private func check(
        _ packages: [String], toGo: [String], policy: Policy, prover: Prover?, file: ConfigurationFile, folder: FilePath
    ) async throws -> Report? {
        if let path = file.path { verbosity.note("configuration: \(path)".printable) }
        let planned = try await PlannedMatrix(matrix, words: packages, toGo: toGo, file: file, folder: folder)
        for notice in planned.notices { verbosity.note("note: \(notice.printable)") }
        let (plan, planReport) = try await speed.part(of: planned.plan, note: verbosity.note)
        let machine = Machine.current
        let budget = speed.budget(for: plan.steps.count, on: machine)
        verbosity.note(headline(plan, planned.goVersions))
        if verbosity.verbose { verbosity.note(BudgetDescription.text(of: budget, on: machine)) }
        let placement = try placement(policy: policy, prover: prover, file: file, folder: folder)
        if verbosity.verbose || dryRun {
            for step in plan.steps {
                let command = step.command(below: placement.output, budget: budget)
                Terminal.write(
                    command.shellText(inherited: ProcessInfo.processInfo.environment) + "\n",
                    to: dryRun ? .output : .error)
            }
        }
        if dryRun { return nil }
        let run = MatrixRun(
            plan: plan, placement: placement, budget: budget,
            progress: Progress(plan.steps, isQuiet: verbosity.quiet),
            isReproducing: reproduce || file.settings.reproduce == true)
        let results = plan.steps.isEmpty ? [] : try await run.results()
        return Report(
            tool: .init(version: Product.version, go: planned.goVersions.joined(separator: ", ")), policy: policy,
            binaries: results.flatMap(\.binaries), problems: results.flatMap(\.problems), plan: planReport)
    }

    private func headline(_ plan: BuildPlan, _ goVersions: [String]) -> String {
        let count = plan.targets.count
        let platforms = Set(plan.steps.map(\.platform)).count
        let builds = "\(count) build\(count == 1 ? "" : "s") for \(platforms) platform\(platforms == 1 ? "" : "s")"
        return "\(goVersions.joined(separator: ", ")): \(builds)"
    }

    private func placement(policy: Policy, prover: Prover?, file: ConfigurationFile, folder: FilePath) throws
        -> Placement
    {
        let base = output == nil ? file.folder : folder
        let name = FilePath(output ?? file.settings.output ?? "dist")
        let path = base.pushing(name).lexicallyNormalized()
        let isStamping = stamp ?? file.settings.stamps?.isOn ?? true
        return Placement(
            output: path, shownOutput: base == folder ? name : path, policy: policy,
            stamper: try isStamping
                ? Stamper(form: stampOptions.form(over: file.settings.stamps, from: file.folder), bills: bills.formats)
                : nil, prover: prover,
            isMeasuring: reporting.showsSizes)
    }

    /// What is behind `--` is for go; with --prove=run the last such part is for the programs.
    private func passedOn(_ words: [String]) -> (toGo: [String], toProgram: [String]) {
        guard proof.prove == .run else { return (words, []) }
        guard let divider = words.lastIndex(of: "--") else { return ([], words) }
        return (Array(words[..<divider]), Array(words[(divider + 1)...]))
    }
}
