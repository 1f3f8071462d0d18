import Attestation
import Files
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
    /// The program to which go leaves its build cache; nil lets go keep it. The second build never asks it.
    let cache: CacheProgram?
    /// Reads the sources for bills of materials and licence rules; nil if nobody asked.
    let bills: BillSurvey?
    /// What the last run wrote.
    let record: BuiltRecord
    /// Whether other runs may build other parts of the same matrix into the output folder.
    let isPart: Bool
    private let survey = CgoSurvey()

    /// The result of one step.
    struct StepResult: Sendable {
        var binaries: [BinaryReport] = []
        var problems: [Report.Problem] = []
        /// The programs that are at their place, by their paths below the output folder.
        var written: [FilePath: Digest] = [:]
    }

    /// What go made of one step.
    struct Built: Sendable {
        /// What was built: the step, or its sound part.
        let step: BuildStep
        let outcome: BuildStep.Outcome
        /// The part of the step that go cannot build; nil if there is none, or go built nothing.
        var broken: Broken?
        /// The programs of an earlier run that lay where go writes.
        let priors: [Program: PriorOutput]
        /// What the packages lose because cgo is off; nil if go did not tell.
        var losses: CgoLosses?
        /// What the sources of the programs say; nil if nobody asked, or go did not tell.
        var sources: [Program: BillSurvey.Sources]?
        /// What the cache program supplied; nil if go kept its cache itself.
        var cache: CacheUse?
        /// The second build.
        var second: SecondBuild.Result?
        /// What the objects of the cache program have to do with a difference between the builds.
        var suspects = CachedObjects.Suspects()
        /// Why a second build says nothing about the first; nil if it does, or there is none.
        var unknown: String?
        let start: ContinuousClock.Instant
        /// The end of the last build.
        let end = ContinuousClock().now
    }

    /// Programs that go cannot build, and what it said.
    struct Broken: Sendable {
        let step: BuildStep
        let words: String
    }

    private enum Event: Sendable {
        case built(Int, Built)
        case placed(Int, StepResult)
    }

    /// Runs the matrix, after other runs that write into the output folder.
    ///
    /// - Returns: The result of each step, in the order of the plan.
    func results() async throws -> [StepResult] {
        try Folder.createForOutput(placement.output)
        return try await FolderLock.holding([placement.output], isPart ? .withOthers : .alone) { _ in
            listener.note("waiting for another run that writes into \(placement.shownOutput)")
        } _: {
            try await resultsAlone()
        }
    }

    /// Runs the matrix. The staging folder is removed in any case.
    private func resultsAlone() async throws -> [StepResult] {
        let folder = try StagingFolder(in: placement.output)
        defer { folder.remove() }
        let staging = folder.path
        // The output folder may be the user's own and not hidden.
        try Folder.hideFromGit(staging)
        await listener.matrix(.began(plan.steps))
        do {
            let results = try await run(in: staging)
            await listener.matrix(.ended)
            // The record does not say with which cache program a file was made, so it knows only those of go itself.
            if cache == nil { record.add(results.values.reduce(into: [:]) { $0.merge($1.written) { $1 } }) }
            return plan.steps.indices.map { results[$0] ?? StepResult() }
        } catch {
            await listener.matrix(.ended)
            throw error
        }
    }

    private func run(in staging: FilePath) async throws -> [Int: StepResult] {
        let second = isReproducing ? SecondBuild(staging: staging) : nil
        // The answers are needed anyway. Here go downloads the modules for them, before several builds do it at the same time.
        for index in plan.stepsThatDownload { _ = try await losses(of: plan.steps[index]) }
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
        let whole = plan.steps[index]
        let folder = staging.appending("\(index)")
        let start = ContinuousClock().now
        await listener.matrix(.changed(step: index, .building))
        try Folder.create(whole.files(in: folder))
        let priors = try await isReproducing ? [:] : priors(of: whole, in: folder)
        // go reads the same files for both, so the list costs little beside the build.
        async let losses = losses(of: whole)
        async let sources = sources(of: whole)
        // A run of go that has several cores leaves some of them idle.
        let ((step, outcome, broken), hashed) = try await PriorOutput.hashing(budget.parallelism > 1 ? priors : [:]) {
            try await runParted(whole, index, staging: folder)
        }
        var built = Built(
            step: step, outcome: outcome, broken: broken, priors: priors.merging(hashed) { $1 },
            losses: try await losses, sources: try await sources,
            cache: cacheUse(of: step, in: folder), start: start)
        if let second, case .built(let files) = outcome {
            await listener.matrix(.changed(step: index, .rebuilding))
            switch try await second.answer(
                for: step, comparing: files, staging: folder.appending("second"), budget: budget)
            {
            case .built(let result):
                built.second = result
                built.suspects = try await suspects(of: step, files, result, in: folder)
            case .unknown(let reason): built.unknown = reason
            case .failed(let words):
                return Built(
                    step: step, outcome: .failed("the second build, from a copy, failed\n" + words), broken: broken,
                    priors: [:], start: start)
            }
        }
        return built
    }

    /// Builds a step, and if go fails, the programs that are not to blame without the others.
    private func runParted(
        _ step: BuildStep, _ index: Int, staging: FilePath
    ) async throws -> (BuildStep, BuildStep.Outcome, Broken?) {
        let outcome = try await run(step, index, staging: staging)
        guard case .failed(let words) = outcome, let parts = try await step.parts(failedWith: words) else {
            return (step, outcome, nil)
        }
        let rest = try await run(parts.sound, index, staging: staging)
        guard case .built = rest else { return (step, outcome, nil) }
        return (parts.sound, rest, Broken(step: parts.broken, words: words))
    }

    private func run(_ step: BuildStep, _ index: Int, staging: FilePath) async throws -> BuildStep.Outcome {
        try await step.run(
            staging: staging, budget: budget, cache: cache.map { ($0, isReproducing) },
            onCacheWords: { listener.note("note: \(step.platform): \($0)".printable) }
        ) { _ in
            await listener.matrix(.compiled(step: index))
        }
    }

    /// What the packages of a step lose because cgo is off; nil for a program that needs no empty root, or if go does not tell.
    private func losses(of step: BuildStep) async throws -> CgoLosses? {
        guard step.platform.isLinux else { return nil }
        do { return try await survey.losses(of: step) } catch let error as BuildError {
            listener.note("note: files that need cgo are not looked for on \(step.platform): \(error)".printable)
            return nil
        }
    }

    /// What the sources of a step's programs say; nil if nobody asked, or go does not tell.
    private func sources(of step: BuildStep) async throws -> [Program: BillSurvey.Sources]? {
        do { return try await bills?.sources(of: step) } catch let error as BuildError {
            listener.note("note: the sources of the modules are not read on \(step.platform): \(error)".printable)
            return nil
        }
    }

    private func place(_ index: Int, _ built: Built, in staging: FilePath) async throws -> StepResult {
        let step = built.step
        var result: StepResult
        switch built.outcome {
        case .failed(let words):
            result = failure(of: step, saying: words, since: built.start)
        case .built(let files):
            await listener.matrix(.changed(step: index, .verifying))
            do {
                result = try await place(files, of: step, built)
            } catch is Placement.AlteredOutput {
                return try await linkAnew(index, built, in: staging)
            }
        }
        if let broken = built.broken {
            result.add(failure(of: broken.step, saying: broken.words, since: built.start), in: plan.steps[index])
        }
        await listener.matrix(.changed(step: index, .done(result.word)))
        return result
    }

    /// Builds again without the file of the earlier run, which is not the file that its stamp describes.
    private func linkAnew(_ index: Int, _ built: Built, in staging: FilePath) async throws -> StepResult {
        let step = built.step
        let folder = staging.appending("\(index)")
        let start = ContinuousClock().now
        try Folder.removeTree(folder)
        let outcome = try await run(step, index, staging: folder)
        let again = Built(
            step: step, outcome: outcome, broken: built.broken, priors: [:], losses: built.losses,
            sources: built.sources,
            cache: cacheUse(of: step, in: folder), start: start)
        return try await place(index, again, in: staging)
    }
}
