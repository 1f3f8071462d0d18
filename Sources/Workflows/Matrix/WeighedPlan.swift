import GoBinary
import GoToolchain
import Reporting

/// A plan with what each of its targets costs, divided into shards in one way by matrix and by check.
struct WeighedPlan: Sendable {
    /// The targets, as reports name them.
    let targets: [PlanReport.Target]
    /// The number of each target's shard, from 1.
    let shards: [Int]

    init(_ plan: BuildPlan, count: Int) async throws {
        let weights = try await plan.weights()
        shards = Shard.assignment(of: weights, count: count)
        targets = zip(plan.targets, weights).map { target, weight in
            PlanReport.Target(
                package: target.package, platform: target.platform.description, place: target.place, weight: weight)
        }
    }
}
