import GoToolchain
import Testing

@Suite struct ShardTests {
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state
        }
    }

    /// Whatever the weights and the count: each target in one shard, all within range, none heavier than must be.
    @Test(arguments: 1...40) func everyTargetIsInOneShard(count: Int) {
        var generator = Numbers(state: UInt64(count))
        for length in [0, 1, 2, 7, 40, 140] {
            let weights = (0..<length).map { _ in Int.random(in: 0...1000, using: &generator) }
            let assignment = Shard.assignment(of: weights, count: count)
            #expect(assignment.count == length)
            #expect(assignment.allSatisfy { (1...count).contains($0) })
            #expect(assignment == assignment.sorted(), "neighbours stay together")
            let loads = Dictionary(zip(assignment, weights.map { max(1, $0) }), uniquingKeysWith: +)
            let total = weights.map { max(1, $0) }.reduce(0, +)
            // The best that any division can do is the mean; one of neighbours is never a whole target worse.
            #expect(loads.values.max() ?? 0 <= total / count + 1 + (weights.max() ?? 0))
        }
    }

    @Test func equalWeightsAreDividedEqually() {
        #expect(Shard.assignment(of: [5, 5, 5, 5, 5, 5], count: 3) == [1, 1, 2, 2, 3, 3])
        #expect(Shard.assignment(of: [5, 5], count: 4) == [1, 2])
    }

    @Test(arguments: [("0/4", 0, 4), ("5/4", 5, 4), ("-1/2", -1, 2)])
    func aShardThatDoesNotExistIsRefused(text: String, index: Int, count: Int) {
        #expect(throws: ShardError.outOfRange(index: index, count: count)) { try Shard(parsing: text) }
    }

    @Test(arguments: ["1/0", "1", "a/b", "1/2/3", "", "/", "1/", "/2", " 1/2", "1 / 2", "0x1/2"])
    func textOfAnotherFormIsRefused(text: String) {
        #expect(throws: ShardError.notAShard(text)) { try Shard(parsing: text) }
    }

    @Test(arguments: ["1/1", "2/4", "40/40"]) func aShardIsReadAsItIsWritten(text: String) throws {
        #expect(try Shard(parsing: text).description == text)
    }

    /// The variables as the documentation of each system gives them; its address stands beside its row in the source.
    @Test(arguments: [
        (["CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "4"], "1/4", "GitLab"),
        (["CI_NODE_INDEX": "4", "CI_NODE_TOTAL": "4"], "4/4", "GitLab"),
        (["BUILDKITE_PARALLEL_JOB": "0", "BUILDKITE_PARALLEL_JOB_COUNT": "5"], "1/5", "Buildkite"),
        (["BUILDKITE_PARALLEL_JOB": "4", "BUILDKITE_PARALLEL_JOB_COUNT": "5"], "5/5", "Buildkite"),
        (["CIRCLE_NODE_INDEX": "0", "CIRCLE_NODE_TOTAL": "1"], "1/1", "CircleCI"),
        (["CIRCLE_NODE_INDEX": "3", "CIRCLE_NODE_TOTAL": "4"], "4/4", "CircleCI"),
        (["JOB_COMPLETION_INDEX": "1", "JOB_COMPLETIONS": "3"], "2/3", "Kubernetes"),
        // sbatch --array=1-3, --array=0-2 and --array=10-12.
        (["SLURM_ARRAY_TASK_ID": "1", "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_ARRAY_TASK_MIN": "1"], "1/3", "Slurm"),
        (["SLURM_ARRAY_TASK_ID": "2", "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_ARRAY_TASK_MIN": "0"], "3/3", "Slurm"),
        (["SLURM_ARRAY_TASK_ID": "11", "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_ARRAY_TASK_MIN": "10"], "2/3", "Slurm"),
        (["SLURM_ARRAY_TASK_ID": "0", "SLURM_ARRAY_TASK_COUNT": "3"], "1/3", "Slurm"),
    ])
    func enginesSayWhichShardThisIs(variables: [String: String], shard: String, engine: String) throws {
        let found = try #require(try Shard.fromEngine(variables))
        #expect(found.shard.description == shard)
        #expect(found.engine == engine)
    }

    /// What is special about one system does not change another.
    @Test func theFirstNumberOfSlurmIsSlurmsAlone() throws {
        let variables = [
            "BUILDKITE_PARALLEL_JOB": "1", "BUILDKITE_PARALLEL_JOB_COUNT": "2", "SLURM_ARRAY_TASK_MIN": "1",
        ]
        #expect(try Shard.fromEngine(variables)?.shard.description == "2/2")
    }

    @Test(arguments: [
        ("CI_NODE_INDEX", "GitLab", "CI_NODE_TOTAL"),
        ("BUILDKITE_PARALLEL_JOB", "Buildkite", "BUILDKITE_PARALLEL_JOB_COUNT"),
        ("CIRCLE_NODE_INDEX", "CircleCI", "CIRCLE_NODE_TOTAL"),
        ("SLURM_ARRAY_TASK_ID", "Slurm", "SLURM_ARRAY_TASK_COUNT"),
        ("JOB_COMPLETION_INDEX", "Kubernetes", "JOB_COMPLETIONS"),
    ])
    func anEngineThatDoesNotGiveTheCountIsRefused(index: String, engine: String, count: String) {
        let error = ShardError.noCount(engine: engine, variable: count, given: "\(index)=1")
        #expect(throws: error) { try Shard.fromEngine([index: "1"]) }
        #expect(throws: error) { try Shard.fromEngine([index: "1", count: ""]) }
        #expect("\(error)".contains("set it, or pass --shard K/N"))
    }

    @Test func variablesThatContradictEachOtherAreRefused() {
        #expect(throws: ShardError.outOfRange(index: 5, count: 4)) {
            try Shard.fromEngine(["CI_NODE_INDEX": "5", "CI_NODE_TOTAL": "4"])
        }
        #expect("\(ShardError.outOfRange(index: 5, count: 4))" == "no shard 5 of 4: shards go from 1/4 to 4/4")
    }

    /// GitLab sets CI_NODE_TOTAL to 1 in every job, and CI_NODE_INDEX in parallel jobs alone.
    @Test(arguments: [["PATH": "/bin"], ["CI_NODE_TOTAL": "1"], ["CI_NODE_INDEX": ""]])
    func aJobThatIsNotParallelHasNoShard(variables: [String: String]) throws {
        #expect(try Shard.fromEngine(variables) == nil)
    }
}
