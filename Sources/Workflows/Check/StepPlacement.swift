import Attestation
import GoBinary
import GoToolchain
import Reporting
import SystemPackage

extension MatrixRun {
    /// What became of one program of a step.
    private enum Placed: Sendable {
        case binary(BinaryReport)
        case problem(Report.Problem)
    }

    /// Verifies the programs of a step and moves them to their places, as many at a time as there are cores.
    ///
    /// - Throws: `Placement.AlteredOutput` if the step must be linked again; `CancellationError`.
    func place(_ files: [(program: Program, file: FilePath)], of step: BuildStep, _ built: Built) async throws
        -> StepResult
    {
        var result = StepResult()
        if let reason = built.unknown {
            let message = "not known whether the build can be reproduced: \(reason)"
            result.problems.append(.init(platform: step.platform.description, message: message))
        }
        let all = try await Concurrently.map(files, width: ParallelFiles.width) { program, file in
            try await place(program, file, of: step, built)
        }
        for (placed, (program, _)) in zip(all, files) {
            switch placed {
            case .problem(let problem): result.problems.append(problem)
            case .binary(let binary):
                result.binaries.append(binary)
                let path = placement.path(of: program, on: step.platform, below: "")
                result.written[path] = binary.sha256.flatMap { Digest(hexadecimal: $0) }
            }
        }
        return result
    }

    private func place(_ program: Program, _ file: FilePath, of step: BuildStep, _ built: Built) async throws -> Placed
    {
        let staged = Placement.Staged(
            step: step, program: program, file: file, prior: built.priors[program],
            losses: built.losses?.of(program), sources: built.sources?[program], cache: built.cache,
            second: built.second.map { second in
                .init(
                    file: step.file(of: program, in: second.staging), sources: second.sources,
                    suspects: built.suspects)
            },
            sharedBuild: step.sharedBuild(since: built.start, until: built.end),
            start: step.programs.count > 1 ? ContinuousClock().now : built.start)
        do {
            return .binary(try await placement.place(staged))
        } catch let error where error is Placement.AlteredOutput || error is CancellationError {
            throw error
        } catch {
            let path = placement.path(of: program, on: step.platform, below: placement.shownOutput).string
            return .problem(.init(path: path, platform: step.platform.description, message: "\(error)"))
        }
    }
}
