import ArgumentParser
import FoundationEssentials
import GoToolchain
import ProcessStart
import Reporting

/// How the work is divided: on this machine, and over several.
struct SpeedOptions: ParsableArguments {
    @Option(
        name: [.customShort("j"), .long],
        help: "How many builds to run side by side. Without it: what cores and memory allow.")
    var jobs: Int?

    @Option(
        help: ArgumentHelp(
            "The memory that go may use: 4GiB. Without it: four fifths of what is free.", valueName: "size"))
    var memory: MemorySize?

    @Option(
        help: ArgumentHelp(
            "Build one part of the matrix alone: 2/4 is the second of four.",
            discussion:
                "auto takes it from GitLab, Buildkite, CircleCI, Slurm arrays and indexed Kubernetes Jobs. 'staticcheck merge' joins the reports.",
            valueName: "k/n|auto"))
    var shard: String?

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
        if let shard, shard != "auto" {
            do { _ = try Shard(parsing: shard) } catch { throw ValidationError("--shard: \(error)") }
        }
    }

    /// What so many builds may use of a machine.
    func budget(for steps: Int, on machine: HostMachine) throws -> BuildBudget {
        let memory = try memory ?? SpeedOptions.variable("SCRATCHREADY_MEMORY", MemorySize.init(argument:))
        let jobs = try jobs ?? SpeedOptions.variable("SCRATCHREADY_JOBS") { Int($0).flatMap { $0 > 0 ? $0 : nil } }
        return BuildBudget(
            steps: steps, cores: machine.cores, memory: memory?.bytes ?? machine.availableMemory / 5 * 4, jobs: jobs)
    }

    /// What a variable of the environment says; nil where it says nothing.
    private static func variable<Value>(_ name: String, _ read: (String) -> Value?) throws -> Value? {
        guard let text = ProcessStart.variable(name) else { return nil }
        guard let value = read(text) else { throw ValidationError("\(name) is '\(text)', which cannot be used") }
        return value
    }

    /// The part of a plan that this run builds, with the whole plan for its report; the plan itself where it is undivided.
    func part(
        of plan: BuildPlan, note: (String) -> Void
    ) async throws -> (part: BuildPlan, report: PlanReport?) {
        guard let shard = try chosen(note: note) else { return (plan, nil) }
        let weighed = try await WeighedPlan(plan, count: shard.count)
        let own = Set(zip(plan.targets, weighed.shards).filter { $1 == shard.index }.map(\.0))
        let report = PlanReport(targets: weighed.targets, shard: shard.index, of: shard.count)
        note("shard \(shard): \(own.count) of \(plan.targets.count) programs")
        return (plan.keeping(own.contains), report)
    }

    private func chosen(note: (String) -> Void) throws -> Shard? {
        guard let shard else { return nil }
        guard shard == "auto" else { return try Shard(parsing: shard) }
        guard let found = try Shard.fromEngine(ProcessInfo.processInfo.environment) else {
            note("note: --shard auto: this is no parallel job, so everything is built")
            return try Shard(index: 1, count: 1)
        }
        note("shard \(found.shard), says \(found.engine)")
        return found.shard
    }
}
