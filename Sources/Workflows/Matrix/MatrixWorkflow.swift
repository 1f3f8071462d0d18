import GoToolchain
public import Reporting

/// What `matrix` is asked for.
public struct MatrixPlanRequest: Sendable {
    /// The builds.
    public var matrix: MatrixRequest
    /// The greatest number of jobs, 1 to 256; nil makes one for each platform.
    public var shards: Int?

    /// Makes a request.
    public init(matrix: MatrixRequest, shards: Int? = nil) {
        self.matrix = matrix
        self.shards = shards
    }
}

/// Divides a matrix into jobs of about equal weight, which a CI system runs on machines of its own.
public enum MatrixWorkflow {
    /// The most jobs that are made; GitHub takes no more in one matrix.
    public static let maximumShards = 256

    /// Plans the jobs; nothing is built.
    public static func run(_ request: MatrixPlanRequest, in context: Context) async throws -> MatrixJobs {
        let planned = try await PlannedMatrix(request.matrix, in: context)
        try planned.demandPrograms()
        let plan = planned.plan
        let count = request.shards ?? min(maximumShards, Set(plan.steps.map(\.platform)).count)
        let weighed = try await WeighedPlan(plan, count: count)
        // No job has nothing to do. `check --shard` divides a plan into this number of shards in the same way.
        return MatrixJobs(
            targets: Array(zip(weighed.targets, weighed.shards)), count: weighed.shards.max() ?? 1)
    }
}
