public import Files
import Processes

/// What go answered about sources that would still get the same answer. Listing packages takes go longer than finding out that
/// nothing has to be built.
///
/// An answer belongs to everything that it depends on: the command with its environment, the go program and its settings, and
/// the sources of the module. If one of these is another, go is asked. The modules in go's module cache count as unchanged, as
/// they do for go itself.
public struct RememberedAnswers: Sendable {
    private let files: KeptFiles
    private let heads = SourceHeads()

    /// Makes the memory.
    ///
    /// - Parameter files: Where the answers are kept.
    public init(in files: KeptFiles) { self.files = files }

    /// Runs a go command that changes nothing, or repeats what it wrote when everything was as it is now.
    ///
    /// - Parameter memory: The memory; nil runs the command each time.
    /// - Throws: `ProcessError`, `CancellationError`.
    static func outcome(
        of command: Command, from memory: RememberedAnswers?
    ) async throws -> ChildProcess.Outcome {
        guard let memory else { return try await ChildProcess.run(command) }
        return try await memory.outcome(of: command)
    }

    private func outcome(of command: Command) async throws -> ChildProcess.Outcome {
        guard let state = SourceState(of: command) else { return try await ChildProcess.run(command) }
        let name = Seal(SourceState.question(of: command).map(\.utf8)).text
        let kept = files[name].flatMap(KeptAnswer.init)
        let seal = state.files.seal
        if let kept, kept.files == seal { return RememberedAnswers.outcome(kept) }
        // Read before go runs: a file that is changed meanwhile has another state afterwards.
        guard let heads = await heads.seal(of: state.files) else { return try await ChildProcess.run(command) }
        let known = kept.flatMap { $0.heads == heads ? RememberedAnswers.outcome($0) : nil }
        let outcome = if let known { known } else { try await ChildProcess.run(command) }
        if RememberedAnswers.isClean(outcome), state.files.isSettled, SourceState(of: command) == state {
            files.keep(KeptAnswer(files: seal, heads: heads, output: outcome.output).bytes, as: name)
        }
        return outcome
    }

    private static func outcome(_ kept: KeptAnswer) -> ChildProcess.Outcome {
        .init(ending: .exited(0), output: kept.output, errors: "")
    }

    /// Whether go answered without an error about a package that it cannot load: the reason may lie outside the module.
    private static func isClean(_ outcome: ChildProcess.Outcome) -> Bool {
        outcome.succeeded && outcome.errors.isEmpty && !outcome.output.contains("\"Error\": ")
    }
}
