import Attestation
import Files
import FoundationEssentials
import GoBinary
import GoToolchain
import Reporting
import SystemPackage
import Verification

/// Builds a matrix: as many builds at a time as cores and memory allow, the biggest first. What is built is verified, moved
/// to its place and stamped while others are building.
struct MatrixRun: Sendable {
    let plan: BuildPlan
    let placement: Placement
    let budget: BuildBudget
    let listener: any Listener
    /// Whether every program is built twice, to compare.
    let isReproducing: Bool

    /// The result of one step.
    struct StepResult: Sendable {
        var binaries: [BinaryReport] = []
        var problems: [Report.Problem] = []
    }

    /// What go made of one step.
    private struct Built: Sendable {
        let outcome: BuildStep.Outcome
        let priors: [Program: PriorOutput]
        /// The second build.
        var second: SecondBuild.Result?
        let start: ContinuousClock.Instant
    }

    private enum Event: Sendable {
        case built(Int, Built)
        case placed(Int, StepResult)
    }

    /// Runs the matrix. The staging folder is removed in any case.
    ///
    /// - Returns: The result of each step, in the order of the plan.
    func results() async throws -> [StepResult] {
        try Folder.createForOutput(placement.output)
        let staging = try Folder.createStaging(in: placement.output)
        // The output folder may be the user's own and not hidden.
        try Folder.hideFromGit(staging)
        defer { try? FileManager.default.removeItem(atPath: staging.string) }
        await listener.matrix(.began(plan.steps))
        do {
            let results = try await run(in: staging)
            await listener.matrix(.ended)
            return plan.steps.indices.map { results[$0] ?? StepResult() }
        } catch {
            await listener.matrix(.ended)
            throw error
        }
    }

    private func run(in staging: FilePath) async throws -> [Int: StepResult] {
        let second = isReproducing ? SecondBuild(staging: staging) : nil
        return try await withThrowingTaskGroup(of: Event.self) { group in
            var waiting = plan.biggestFirst.makeIterator()
            func startNext() {
                guard let index = waiting.next() else { return }
                group.addTask { .built(index, try await build(index, in: staging, second)) }
            }
            for _ in 0..<budget.lanes { startNext() }
            var results: [Int: StepResult] = [:]
            while let event = try await group.next() {
                switch event {
                case .built(let index, let built):
                    startNext()
                    group.addTask { .placed(index, try await place(index, built, in: staging)) }
                case .placed(let index, let result):
                    results[index] = result
                }
            }
            return results
        }
    }

    private func build(_ index: Int, in staging: FilePath, _ second: SecondBuild?) async throws -> Built {
        let step = plan.steps[index]
        let folder = staging.appending("\(index)")
        let start = ContinuousClock().now
        await listener.matrix(.changed(step: index, .building))
        try Folder.create(step.files(in: folder))
        var priors: [Program: PriorOutput] = [:]
        for program in step.programs where !isReproducing {
            let final = placement.path(of: program, on: step.platform, below: placement.output)
            priors[program] = PriorOutput.offer(final, at: step.file(of: program, in: folder))
        }
        let outcome = try await step.run(staging: folder, budget: budget) { _ in
            await listener.matrix(.compiled(step: index))
        }
        var built = Built(outcome: outcome, priors: priors, start: start)
        if let second, case .built = outcome {
            await listener.matrix(.changed(step: index, .rebuilding))
            let again = try await second.run(step, staging: folder.appending("second"), budget: budget)
            built.second = again
            if case .failed(let words) = again.outcome {
                return Built(
                    outcome: .failed("the second build, from a copy, failed\n" + words), priors: [:], start: start)
            }
        }
        return built
    }

    private func place(_ index: Int, _ built: Built, in staging: FilePath) async throws -> StepResult {
        let step = plan.steps[index]
        let result: StepResult
        switch built.outcome {
        case .failed(let words):
            result = failure(of: step, saying: words, since: built.start)
        case .built(let files):
            await listener.matrix(.changed(step: index, .verifying))
            do {
                result = try await place(files, of: step, built)
            } catch is Placement.AlteredOutput {
                return try await linkAnew(index, in: staging)
            }
        }
        await listener.matrix(.changed(step: index, .done(result.word)))
        return result
    }

    private func place(
        _ files: [(program: Program, file: FilePath)], of step: BuildStep, _ built: Built
    ) async throws -> StepResult {
        var result = StepResult()
        for (program, file) in files {
            let staged = Placement.Staged(
                step: step, program: program, file: file, prior: built.priors[program],
                second: built.second.map { (step.file(of: program, in: $0.staging), $0.sources) }, start: built.start)
            do {
                result.binaries.append(try await placement.place(staged))
            } catch let error where error is Placement.AlteredOutput || error is CancellationError {
                throw error
            } catch {
                let path = placement.path(of: program, on: step.platform, below: placement.shownOutput).string
                result.problems.append(.init(path: path, platform: step.platform.description, message: "\(error)"))
            }
        }
        return result
    }

    /// Builds again without the file of the earlier run, which is not the file that its stamp describes.
    private func linkAnew(_ index: Int, in staging: FilePath) async throws -> StepResult {
        let step = plan.steps[index]
        let folder = staging.appending("\(index)")
        let start = ContinuousClock().now
        try FileManager.default.removeItem(atPath: folder.string)
        let outcome = try await step.run(staging: folder, budget: budget) { _ in
            await listener.matrix(.compiled(step: index))
        }
        return try await place(index, Built(outcome: outcome, priors: [:], start: start), in: staging)
    }

    private func failure(of step: BuildStep, saying words: String, since start: ContinuousClock.Instant) -> StepResult {
        let duration = ContinuousClock().now - start
        return StepResult(
            binaries: step.programs.map { program in
                BinaryReport(
                    path: placement.path(of: program, on: step.platform, below: placement.shownOutput).string,
                    package: program.package.importPath, source: SourcePath.of(program.package, in: step.directory),
                    platform: step.platform, verdict: .failed, duration: duration)
            },
            problems: [.init(platform: step.platform.description, message: "go build failed\n" + words)])
    }
}

extension MatrixRun.StepResult {
    /// How the step ended, in a word.
    fileprivate var word: String {
        if !problems.isEmpty { return "FAILED" }
        return binaries.contains { $0.verdict == .notReady } ? "NOT READY" : "done"
    }
}
