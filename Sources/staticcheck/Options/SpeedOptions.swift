import ArgumentParser
import Workflows

/// How the work is divided: on this machine, and over several.
struct SpeedOptions: ParsableArguments {
    @Option(
        name: [.customShort("j"), .long],
        help: "How many builds run at the same time; default: as many as cores and memory allow.")
    var jobs: Count?

    @Option(
        help: ArgumentHelp(
            "The memory that go may use: 4GiB; default: four fifths of what is free.", valueName: "size"))
    var memory: MemorySize?

    @Option(
        help: ArgumentHelp(
            "Build only one part of the matrix: 2/4 is the second of four.",
            discussion:
                "auto takes it from GitLab, Buildkite, CircleCI, Slurm arrays and indexed Kubernetes Jobs. 'staticcheck merge' joins the reports.",
            valueName: "k/n|auto"),
        transform: ShardChoice.init(parsing:))
    var shard: ShardChoice?

    /// The settings: the command line wins over the environment.
    func resolve(in context: Context) throws -> SpeedSettings {
        let jobs = try jobs ?? context.value(of: "SCRATCHREADY_JOBS", Count.init(argument:))
        let memory = try memory ?? context.value(of: "SCRATCHREADY_MEMORY", MemorySize.init(argument:))
        return SpeedSettings(jobs: jobs?.value, memory: memory?.bytes, shard: shard)
    }
}
