import ArgumentParser
import Workflows

/// How much of this machine builds may use.
struct SpeedOptions: ParsableArguments {
    @Option(
        name: [.customShort("j"), .long],
        help: "How many builds run at the same time; default: as many as cores and memory allow.",
        transform: Count.init(parsing:))
    var jobs: Count<JobLimit>?

    @Option(
        help: ArgumentHelp(
            "The memory that go may use, such as 4GiB; default: four fifths of the free memory.", valueName: "size"),
        transform: MemorySize.init(parsing:))
    var memory: MemorySize?

    /// The settings, for the whole matrix: the command line wins over the environment.
    func resolve(in context: Context) throws -> SpeedSettings {
        let jobs = try jobs ?? context.value(of: "SCRATCHCHECK_JOBS", Count.init(parsing:))
        let memory = try memory ?? context.value(of: "SCRATCHCHECK_MEMORY", MemorySize.init(parsing:))
        return SpeedSettings(jobs: jobs?.value, memory: memory?.bytes)
    }
}

/// How the work is divided over several machines.
struct ShardOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Build only one part of the matrix: 2/4 is the second of four.",
            discussion:
                "auto reads the variables of GitLab, Buildkite, CircleCI, Slurm arrays and indexed Kubernetes Jobs. 'staticcheck merge' joins the reports.",
            valueName: "k/n|auto"),
        transform: ShardChoice.init(parsing:))
    var shard: ShardChoice?
}
