import GoToolchain
import SystemPackage

/// Builds steps a second time, from copies of their sources and with an empty build cache.
actor SecondBuild {
    private let staging: FilePath
    private var copies: [FilePath: SourceCopy] = [:]

    init(staging: FilePath) { self.staging = staging }

    /// The second build of a step.
    struct Result: Sendable {
        let outcome: BuildStep.Outcome
        let staging: FilePath
        /// The folder that it was built in.
        let sources: FilePath
    }

    /// Builds a step in a copy of its sources.
    ///
    /// - Throws: If the sources cannot be copied, or go cannot be run.
    nonisolated func run(_ step: BuildStep, staging folder: FilePath, budget: BuildBudget) async throws -> Result {
        let moved = try await copy(around: step.directory).moved(step, cache: staging.appending("cache"))
        let outcome = try await moved.run(staging: folder, budget: budget) { _ in }
        return Result(outcome: outcome, staging: folder, sources: moved.directory)
    }

    private func copy(around directory: FilePath) throws -> SourceCopy {
        if let known = copies.values.first(where: { directory.starts(with: $0.original) }) { return known }
        let copy = try SourceCopy(
            around: directory, at: staging.appending("sources").appending("\(copies.count)"), excluding: [staging])
        copies[copy.original] = copy
        return copy
    }
}
