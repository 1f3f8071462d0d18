extension Shard {
    /// How a CI system or batch scheduler tells which of several equal jobs this one is.
    ///
    /// A new system is one more row in `engines`.
    private struct Engine {
        let name: String
        /// The variable with the number of this job. Without it, this is not a parallel job of the system.
        let index: String
        /// The variable with the number of jobs.
        let count: String
        /// The number of the first job.
        var first = 0
        /// A variable with the number of the first job, if the user can choose it.
        var firstVariable: String?
    }

    private static let engines = [
        // https://docs.gitlab.com/ci/variables/predefined_variables/
        Engine(name: "GitLab", index: "CI_NODE_INDEX", count: "CI_NODE_TOTAL", first: 1),
        // https://buildkite.com/docs/pipelines/configure/environment-variables
        Engine(name: "Buildkite", index: "BUILDKITE_PARALLEL_JOB", count: "BUILDKITE_PARALLEL_JOB_COUNT"),
        // https://circleci.com/docs/reference/variables/
        Engine(name: "CircleCI", index: "CIRCLE_NODE_INDEX", count: "CIRCLE_NODE_TOTAL"),
        // https://slurm.schedmd.com/job_array.html
        Engine(
            name: "Slurm", index: "SLURM_ARRAY_TASK_ID", count: "SLURM_ARRAY_TASK_COUNT",
            firstVariable: "SLURM_ARRAY_TASK_MIN"),
        // https://kubernetes.io/docs/tasks/job/indexed-parallel-processing-static/ sets the index; the user sets the count.
        Engine(name: "Kubernetes", index: "JOB_COMPLETION_INDEX", count: "JOB_COMPLETIONS"),
    ]

    /// The shard that the environment names, with the name of the CI system; nil if this is not a parallel job.
    ///
    /// - Throws: `ShardError` if the number of jobs is missing, or smaller than the number of this job.
    public static func fromEngine(
        _ environment: [String: String]
    ) throws(ShardError) -> (shard: Shard, engine: String)? {
        for engine in engines {
            guard let index = environment[engine.index].flatMap({ Int($0) }) else { continue }
            guard let count = environment[engine.count].flatMap({ Int($0) }) else {
                throw .noCount(engine: engine.name, variable: engine.count, given: "\(engine.index)=\(index)")
            }
            let first = engine.firstVariable.flatMap { environment[$0] }.flatMap { Int($0) } ?? engine.first
            return (try Shard(index: index - first + 1, count: count), engine.name)
        }
        return nil
    }
}
