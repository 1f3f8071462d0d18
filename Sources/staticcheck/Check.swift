import ArgumentParser
import FoundationEssentials
import GoBinary
import GoToolchain
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

            The binaries go to dist/<os>/<arch>[/<variant>]/<name>, each that passes with a stamp <name>.intoto.json.
            """)

    @Argument(
        help: ArgumentHelp(
            "Packages, as go takes them, and after -- flags for go build. Without any: the package in this folder.",
            valueName: "package"))
    var words: [String] = []

    @OptionGroup(title: "Matrix") var platformOptions: PlatformOptions
    @OptionGroup(title: "Build") var build: BuildOptions
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
        try await Failure.reporting {
            let report = try await Interruption.guarding { try await check(policy) }
            try reporting.write(report)
            if report.exitCode != 0 { throw ExitCode(report.exitCode) }
        }
    }

    private func check(_ policy: Policy) async throws -> Report {
        let folder = try workingFolder()
        let toolchain = try await Toolchain.find(
            path: build.goPath, inherited: ProcessInfo.processInfo.environment, directory: folder)
        for notice in toolchain.environment.notices { Terminal.write("note: \(notice.printable)\n", to: .error) }
        let platforms = try platformOptions.resolve(ports: toolchain.platforms).map(toolchain.checked)
        let (packages, passedOn) = Check.split(words, commandLine: CommandLine.arguments)
        let flags = build.flags(passedOn: passedOn)
        let groups = try await toolchain.packages(
            matching: packages.isEmpty ? ["."] : packages, in: folder, flags: flags.listing, for: platforms[0])
        let plan = BuildPlan(packages: groups, platforms: platforms, flags: flags)
        Terminal.write(
            "\(toolchain.version) (\(toolchain.executable)): \(plan.programs.count) × \(plan.platforms.count) builds\n",
            to: .error)
        let run = MatrixRun(
            plan: plan, toolchain: toolchain, output: folder.pushing(FilePath(output)).lexicallyNormalized(),
            shownOutput: FilePath(output), policy: policy,
            stamper: stamp ? Stamper.current : nil,
            jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount, progress: Progress(plan.platforms))
        return try await run.report()
    }

    /// The parser hands over the words before and after `--` as one list; those behind it are go's.
    static func split(_ words: [String], commandLine: [String]) -> (packages: [String], passedOn: [String]) {
        let behind = commandLine.drop { $0 != "--" }.dropFirst().count
        return (words.dropLast(behind), words.suffix(behind))
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
