public import ArgumentParser
import GoToolchain
import ProcessStart
public import Reporting

struct Matrix: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "matrix", _superCommandName: "staticcheck",
        abstract: "Print the plan for a CI system to fan out.",
        discussion: """
            The programs and platforms are divided into jobs of about equal weight; each runs \
            'staticcheck check --shard K/N' with the same options, and 'staticcheck merge' joins their reports.

            Examples:
              echo "matrix=$(staticcheck matrix --for github ./...)" >> "$GITHUB_OUTPUT"
              staticcheck matrix --for gitlab --shards 4 > child-pipeline.yml
              staticcheck matrix --for buildkite | buildkite-agent pipeline upload
            """)

    @Argument(help: ArgumentHelp("Packages and builds, as check takes them.", valueName: "package"))
    var words: [String] = []

    @Option(name: .customLong("for"), help: "Who reads the plan: github, gitlab, buildkite or json.")
    var reader: MatrixReader = .json

    @Option(help: "How many jobs. Without it: one for each platform.")
    var shards: Int?

    @OptionGroup var matrix: MatrixOptions

    func validate() throws {
        if let shards, !(1...256).contains(shards) { throw ValidationError("--shards must be from 1 to 256") }
    }

    func run() async throws {
        let (packages, toGo) = CommandWords.split(words, commandLine: ProcessStart.arguments)
        try await Failure.reporting {
            let folder = try matrix.folder.path()
            let file = try matrix.configuration.file(from: folder)
            let jobs = try await Interruption.guarding {
                let plan = try await PlannedMatrix(matrix, words: packages, toGo: toGo, file: file, folder: folder).plan
                let count = shards ?? min(256, Set(plan.steps.map(\.platform)).count)
                let weighed = try await WeighedPlan(plan, count: count)
                return MatrixJobs(targets: Array(zip(weighed.targets, weighed.shards)), count: count)
            }
            Terminal.write(try jobs.text(for: reader, arguments: checkArguments), to: .output)
        }
    }

    /// The arguments of this command that check takes too, so that every job plans the same matrix.
    private var checkArguments: [String] {
        var arguments = ProcessStart.arguments.dropFirst().drop { $0 != "matrix" }.dropFirst()
        var kept: [String] = []
        while let argument = arguments.popFirst() {
            if ["--for", "--shards"].contains(argument) { arguments = arguments.dropFirst(); continue }
            if argument.hasPrefix("--for=") || argument.hasPrefix("--shards=") { continue }
            kept.append(argument)
        }
        return kept
    }
}

extension MatrixReader: ExpressibleByArgument {}
