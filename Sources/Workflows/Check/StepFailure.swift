import Files
import GoBinary
import GoToolchain
import Reporting
import SystemPackage
import Verification

extension MatrixRun {
    /// The result of programs that go cannot build.
    func failure(of step: BuildStep, saying words: String, since start: ContinuousClock.Instant) -> StepResult {
        let end = ContinuousClock().now
        let shared = step.sharedBuild(since: start, until: end)
        let old = step.programs.compactMap { placement.earlierFile(of: $0, on: step.platform)?.string }
        let remains = old.isEmpty ? "" : "\nstill there, from an earlier run: " + old.joined(separator: ", ")
        return StepResult(
            binaries: step.programs.map { program in
                BinaryReport(
                    path: placement.path(of: program, on: step.platform, below: placement.shownOutput).string,
                    package: program.package.importPath, source: SourcePath.of(program.package, in: step.directory),
                    platform: step.platform, verdict: .failed,
                    duration: shared == nil ? end - start : .zero, sharedBuild: shared)
            },
            problems: [
                .init(platform: step.platform.description, message: "go build failed\n" + words + remains)
            ])
    }
}

extension BuildStep {
    /// The run of go that made all programs of the step; nil if there is one program, whose time that is.
    func sharedBuild(
        since start: ContinuousClock.Instant, until end: ContinuousClock.Instant
    ) -> SharedBuild? {
        programs.count > 1 ? SharedBuild(programs: programs.count, duration: end - start) : nil
    }
}

extension MatrixRun.StepResult {
    /// Adds the result of the programs of a step that go cannot build. The order is that of the step.
    mutating func add(_ failure: Self, in step: BuildStep) {
        let reports = Dictionary(grouping: binaries + failure.binaries, by: \.package)
        binaries = step.programs.flatMap { reports[$0.package.importPath] ?? [] }
        problems += failure.problems
    }

    /// How the step ended, in a word.
    var word: String {
        if !problems.isEmpty { return "FAILED" }
        return binaries.contains { $0.verdict == .notReady } ? "NOT READY" : "done"
    }
}
