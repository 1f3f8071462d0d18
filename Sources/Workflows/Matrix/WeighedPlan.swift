import GoBinary
import GoToolchain
import Reporting

/// A plan divided into shards. `matrix` and `check --shard` divide it in the same way, so that the parts fit together.
struct WeighedPlan: Sendable {
    /// The targets, as reports name them.
    let targets: [PlanReport.Target]
    /// The shard of each target, from 1.
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
