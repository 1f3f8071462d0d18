import ArgumentParser
import FoundationEssentials
import GoBinary
import GoToolchain
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
              staticcheck --ldflags '-s -w' ./cmd/app -- -v
              staticcheck ./cmd/app --prove=run -- --version

            The binaries go to dist/<os>/<arch>[/<variant>]/<name>, each that passes with a stamp <name>.intoto.json.
            """)

    @Argument(
        help: ArgumentHelp(
            "Packages, as go takes them, and after -- flags for go build. Without any: the package in this folder.",
            discussion:
                "With --prove=run the words after -- are the program's arguments, those after a second -- at that.",
            valueName: "package"))
    var words: [String] = []

    @OptionGroup(title: "Matrix") var platformOptions: PlatformOptions
    @OptionGroup(title: "Build") var build: BuildOptions
    @OptionGroup(title: "Proof") var proof: ProofOptions
    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Report") var reporting: ReportOptions

    @Option(name: [.customLong("output"), .customShort("o")], help: "The folder for the binaries.")
    var output = "dist"

    @Option(name: .customShort("C"), help: "Work in this folder, as if staticcheck had been started there.")
    var directory: String?

    @Option(
        name: [.customShort("j"), .long],
        help: "How many platforms to build side by side. Without it: the number of cores.")
    var jobs: Int?

    @Flag(inversion: .prefixedNo, help: "Write a stamp beside each binary that passes.")
    var stamp = true

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
    }

    func run() async throws {
        let policy = try policyOptions.policy()
        let (packages, behind) = CommandWords.split(words, commandLine: CommandLine.arguments)
        let (toGo, toProgram) = passedOn(behind)
        let prover = try proof.prover(arguments: toProgram)
        try await Failure.reporting {
            let report = try await Interruption.guarding {
                try await check(packages, toGo: toGo, policy: policy, prover: prover)
            }
            try reporting.write(report)
            if report.exitCode != 0 { throw ExitCode(report.exitCode) }
        }
    }

    private func check(
        _ packages: [String], toGo: [String], policy: Policy, prover: Prover?
    ) async throws -> Report {
        let folder = try workingFolder()
        let toolchain = try await Toolchain.find(
            path: build.goPath, inherited: ProcessInfo.processInfo.environment, directory: folder)
        for notice in toolchain.environment.notices { Terminal.write("note: \(notice.printable)\n", to: .error) }
        let platforms = try platformOptions.resolve(ports: toolchain.platforms).map(toolchain.checked)
        let flags = build.flags(passedOn: toGo)
        let groups = try await toolchain.packages(
            matching: packages.isEmpty ? ["."] : packages, in: folder, flags: flags.listing, for: platforms[0])
        let plan = BuildPlan(packages: groups, platforms: platforms, flags: flags)
        Terminal.write(
            "\(toolchain.version) (\(toolchain.executable)): \(plan.programs.count) × \(plan.platforms.count) builds\n",
            to: .error)
        let run = MatrixRun(
            plan: plan, toolchain: toolchain, output: folder.pushing(FilePath(output)).lexicallyNormalized(),
            shownOutput: FilePath(output), policy: policy,
            stamper: stamp ? Stamper.current : nil, prover: prover,
            jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount, progress: Progress(plan.platforms))
        return try await run.report()
    }

    /// What is behind `--` is for go; with --prove=run the last such part is for the programs.
    private func passedOn(_ words: [String]) -> (toGo: [String], toProgram: [String]) {
        guard proof.prove == .run else { return (words, []) }
        guard let divider = words.lastIndex(of: "--") else { return ([], words) }
        return (Array(words[..<divider]), Array(words[(divider + 1)...]))
    }

    private func workingFolder() throws -> FilePath {
        let here = FilePath(FileManager.default.currentDirectoryPath)
        guard let directory else { return here }
        let folder = here.pushing(FilePath(directory)).lexicallyNormalized()
        var isFolder = false
        guard FileManager.default.fileExists(atPath: folder.string, isDirectory: &isFolder), isFolder else {
            throw BuildError("-C \(directory): there is no such folder")
        }
        return folder
    }
}
