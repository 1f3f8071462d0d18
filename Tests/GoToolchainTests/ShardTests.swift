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

    @Test(arguments: ["0/4", "5/4", "1/0", "1", "a/b", "1/2/3", "-1/2"])
    func whatIsNoShardIsRefused(text: String) { #expect(throws: ShardError.self) { try Shard(parsing: text) } }

    @Test func aShardIsReadAsItIsWritten() throws { #expect(try Shard(parsing: "2/4").description == "2/4") }

    @Test(arguments: [
        (["CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "4"], "2/4", "GitLab"),
        (["BUILDKITE_PARALLEL_JOB": "0", "BUILDKITE_PARALLEL_JOB_COUNT": "5"], "1/5", "Buildkite"),
        (["CIRCLE_NODE_INDEX": "3", "CIRCLE_NODE_TOTAL": "4"], "4/4", "CircleCI"),
        (["JOB_COMPLETION_INDEX": "1", "JOB_COMPLETIONS": "3"], "2/3", "Kubernetes"),
        (["SLURM_ARRAY_TASK_ID": "1", "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_ARRAY_TASK_MIN": "1"], "1/3", "Slurm"),
        (["SLURM_ARRAY_TASK_ID": "2", "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_ARRAY_TASK_MIN": "0"], "3/3", "Slurm"),
    ])
    func enginesSayWhichShardThisIs(variables: [String: String], shard: String, engine: String) throws {
        let found = try #require(try Shard.fromEngine(variables))
        #expect(found.shard.description == shard)
        #expect(found.engine == engine)
    }

    @Test func anEngineThatSaysHalfIsRefused() throws {
        #expect(throws: ShardError.self) { try Shard.fromEngine(["JOB_COMPLETION_INDEX": "1"]) }
        #expect(throws: ShardError.self) {
            try Shard.fromEngine(["CI_NODE_INDEX": "5", "CI_NODE_TOTAL": "4"])
        }
        #expect(try Shard.fromEngine(["PATH": "/bin"]) == nil)
    }
}
