extension Shard {
    /// Where CI systems and batch schedulers say which of several equal jobs this one is.
    private struct Engine {
        let name: String
        let index: String
        let count: String
        /// The number that the engine gives the first job.
        let first: Int
    }

    private static let engines = [
        // https://docs.gitlab.com/ci/variables/predefined_variables/
        Engine(name: "GitLab", index: "CI_NODE_INDEX", count: "CI_NODE_TOTAL", first: 1),
        // https://buildkite.com/docs/pipelines/configure/environment-variables
        Engine(name: "Buildkite", index: "BUILDKITE_PARALLEL_JOB", count: "BUILDKITE_PARALLEL_JOB_COUNT", first: 0),
        // https://circleci.com/docs/reference/variables/
        Engine(name: "CircleCI", index: "CIRCLE_NODE_INDEX", count: "CIRCLE_NODE_TOTAL", first: 0),
        // https://slurm.schedmd.com/job_array.html
        Engine(name: "Slurm", index: "SLURM_ARRAY_TASK_ID", count: "SLURM_ARRAY_TASK_COUNT", first: 0),
        // https://kubernetes.io/docs/tasks/job/indexed-parallel-processing-static/ gives the index alone.
        Engine(name: "Kubernetes", index: "JOB_COMPLETION_INDEX", count: "JOB_COMPLETIONS", first: 0),
    ]

    /// The shard that the environment names, with the name of the engine; nil where this is no parallel job.
    ///
    /// - Throws: `ShardError` where the variables contradict each other, or one of a pair is missing.
    public static func fromEngine(
        _ environment: [String: String]
    ) throws(ShardError) -> (shard: Shard, engine: String)? {
        for engine in engines {
            guard let index = environment[engine.index].flatMap({ Int($0) }) else { continue }
            guard let count = environment[engine.count].flatMap({ Int($0) }) else {
                // CI_NODE_INDEX and the like are there in parallel jobs alone; without a count nothing can be divided.
                throw ShardError(
                    description:
                        "\(engine.name) says \(engine.index)=\(index) and no \(engine.count): set it, or give --shard K/N"
                )
            }
            // A Slurm array begins at the number that the user chose.
            let first =
                environment["SLURM_ARRAY_TASK_MIN"].flatMap({ Int($0) }).flatMap {
                    engine.name == "Slurm" ? $0 : nil
                } ?? engine.first
            return (try Shard(index: index - first + 1, count: count), engine.name)
        }
        return nil
    }
}
