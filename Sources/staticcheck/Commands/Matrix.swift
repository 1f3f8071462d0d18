public import ArgumentParser
public import Reporting
import SystemPackage
import Verification
import Workflows

struct Matrix: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "matrix", _superCommandName: Identity.command,
        abstract: "Print a job matrix for a CI system.",
        discussion: """
            The programs and platforms are divided into jobs of about equal weight. Each job runs \
            'staticcheck check --shard K/N' with the same options, and 'staticcheck merge' joins their reports.

            Examples:
              echo "matrix=$(staticcheck matrix --for github ./...)" >> "$GITHUB_OUTPUT"
              staticcheck matrix --for gitlab --shards 4 > child-pipeline.yml
              staticcheck matrix --for buildkite | buildkite-agent pipeline upload
            """)

    @Argument(
        help: ArgumentHelp(
            "Packages and builds, as check takes them; after --, flags for go build.", valueName: "package"))
    var words: [String] = []

    @Option(name: .customLong("for"), help: "The CI system: github, gitlab, buildkite or json.")
    var reader: MatrixReader = .json

    @Option(help: "The number of jobs, up to 256; default: one for each platform.", transform: Count.init(parsing:))
    var shards: Count<ShardLimit>?

    @OptionGroup var matrix: MatrixOptions

    func run() async throws {
        try await Failure.reporting {
            let words = CommandWords(words, commandLine: Surroundings.arguments)
            let surroundings = Surroundings.context()
            let context = try matrix.folder.resolve(in: surroundings)
            let file = try matrix.configuration.resolve(in: context)
            let request = MatrixPlanRequest(
                matrix: try matrix.resolve(words.own, toGo: words.passedOn, over: file, in: context, isBuilding: false),
                shards: shards?.value)
            let jobs = try await Interruption.guarding { try await MatrixWorkflow.run(request, in: context) }
            let arguments = fromEnvironment(in: context) + Matrix.checkArguments(from: Surroundings.arguments)
            let output = try CheckRequest.OutputFolder(over: file, option: nil, in: context)
            let places = MatrixPlaces(
                binaries: Matrix.path(of: output.path, from: surroundings.folder),
                folder: Matrix.path(of: context.folder, from: surroundings.folder), command: Surroundings.command)
            try Terminal.report(try jobs.text(for: reader, arguments: arguments, places: places))
        }
    }

    /// The options that stand for the variables which decided here what is built: a job does not have them.
    private func fromEnvironment(in context: Context) -> [String] {
        var options: [String] = []
        if matrix.platformOptions.platforms.isEmpty, let platforms = context.variable("SCRATCHCHECK_PLATFORM") {
            options += ["--platform", platforms]
        }
        if matrix.configuration.config == nil, !matrix.configuration.isOff,
            let file = context.variable("SCRATCHCHECK_CONFIG")
        {
            options += ["--config", file]
        }
        return options
    }

    /// A path from the folder in which the jobs start, which is the one in which this command was started. A path elsewhere stays
    /// absolute.
    private static func path(of place: FilePath, from start: FilePath) -> String {
        var below = place
        return below.removePrefix(start) ? below.string : place.string
    }

    /// The arguments of this command line that `check` takes too, as they were written, so that each job plans the same
    /// matrix. The parser does not keep the original words, so they are read again.
    static func checkArguments(from commandLine: [String]) -> [String] {
        var arguments = commandLine.drop { $0 != "matrix" }.dropFirst()
        var kept: [String] = []
        while let argument = arguments.popFirst() {
            if argument == "--" { return kept + [argument] + arguments }
            if ["--for", "--shards"].contains(argument) {
                arguments = arguments.dropFirst()
            } else if !argument.hasPrefix("--for=") && !argument.hasPrefix("--shards=") {
                kept.append(argument)
            }
        }
        return kept
    }
}

extension MatrixReader: ExpressibleByArgument {}
