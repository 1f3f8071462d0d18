import ArgumentParser
import Attestation
import Configuration
import FoundationEssentials
import GoToolchain
import ProcessStart
import Processes
import Proving
import Reporting
import SystemPackage
import Verification

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", _superCommandName: "staticcheck",
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
    @OptionGroup(title: "Report") var comparison: ComparisonOptions
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

    /// Whether the reports show where the bytes go; those for programs do with --sizes, so that they can be joined.
    private var showsSizes: Bool { comparison.sizes || reporting.drawsSizes }

    func run() async throws {
        let (packages, behind) = CommandWords.split(words, commandLine: ProcessStart.arguments)
        let (toGo, toProgram) = passedOn(behind)
        let prover = try proof.prover(arguments: toProgram)
        try await Failure.reporting {
            let folder = try matrix.folder.path()
            let file = try matrix.configuration.file(from: folder)
            let policy = try policyOptions.policy(over: file.settings)
            let run = CheckRun(
                matrix: matrix, speed: speed, stampOptions: stampOptions, bills: bills.formats, verbosity: verbosity,
                policy: policy, prover: prover, output: output, isStamping: stamp, isReproducing: reproduce,
                isDryRun: dryRun, isMeasuring: showsSizes, file: file, folder: folder)
            let report = try await Interruption.guarding { try await run.report(on: packages, toGo: toGo) }
            guard let report = try report.map(comparison.compared) else { return }
            let configured = file.settings.reports.compactMap { report in
                ReportFormat(rawValue: report.format).map { ($0, file.folder.pushing(FilePath(report.file))) }
            }
            try bills.write(report.bills, from: folder)
            try reporting.write(report, configured: configured, from: folder)
            try comparison.end(with: report)
        }
    }

    /// What is behind `--` is for go; with --prove=run the last such part is for the programs.
    private func passedOn(_ words: [String]) -> (toGo: [String], toProgram: [String]) {
        guard proof.prove == .run else { return (words, []) }
        guard let divider = words.lastIndex(of: "--") else { return ([], words) }
        return (Array(words[..<divider]), Array(words[(divider + 1)...]))
    }
}
