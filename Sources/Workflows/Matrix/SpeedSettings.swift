public import GoToolchain
import Reporting
import Text

/// How work is divided: on this machine, and over several.
public struct SpeedSettings: Sendable, Hashable {
    /// How many builds run side by side; nil decides by cores and memory.
    public var jobs: Int?
    /// The memory that go may use, in bytes; nil takes four fifths of what is free.
    public var memory: Int?
    /// The part of the matrix that is built; nil builds all of it.
    public var shard: ShardChoice?

    /// Makes settings.
    public init(jobs: Int? = nil, memory: Int? = nil, shard: ShardChoice? = nil) {
        self.jobs = jobs
        self.memory = memory
        self.shard = shard
    }

    /// The cores and memory for a number of build steps.
    func budget(for steps: Int, on machine: HostMachine) -> BuildBudget {
        BuildBudget(steps: steps, cores: machine.cores, memory: memory ?? machine.availableMemory / 5 * 4, jobs: jobs)
    }

    /// The part of a plan that this run builds, and a report of the whole plan; without a shard, the plan and nil.
    func part(of plan: BuildPlan, in context: Context) async throws -> (part: BuildPlan, report: PlanReport?) {
        guard let shard = try chosen(in: context) else { return (plan, nil) }
        let weighed = try await WeighedPlan(plan, count: shard.count)
        let own = Set(zip(plan.targets, weighed.shards).filter { $1 == shard.index }.map(\.0))
        let report = PlanReport(
            targets: weighed.targets, shard: shard.index, of: shard.count,
            commit: await GitFacts.commit(of: context.folder, environment: context.environment))
        context.listener.note("shard \(shard): \(own.count) of \(plan.targets.count.counted("program"))")
        return (plan.keeping(own.contains), report)
    }

    private func chosen(in context: Context) throws -> Shard? {
        switch shard {
        case nil: return nil
        case .one(let shard): return shard
        case .automatic:
            guard let found = try Shard.fromEngine(context.environment) else {
                context.listener.note(
                    "note: --shard auto: no variables of a parallel job found, so everything is built")
                return try Shard(index: 1, count: 1)
            }
            context.listener.note("shard \(found.shard), from \(found.engine)")
            return found.shard
        }
    }
}

/// Which part of a matrix a run builds.
public enum ShardChoice: Sendable, Hashable {
    /// The part that the CI system's variables name.
    case automatic
    /// One part, such as 2 of 4.
    case one(Shard)
}
