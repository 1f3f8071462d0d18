import Crypto
public import Files
import Processes

/// What go answered about sources that have not changed since. To find out that nothing has to be built takes go less time
/// than to list the packages.
///
/// An answer belongs to everything that it depends on: the command with its environment, the go program and its settings, and
/// the Go files of the module. If one of these is another, go is asked. The modules in go's module cache count as unchanged, as
/// they do for go itself.
public struct RememberedAnswers: Sendable {
    private let files: KeptFiles
    private let now: @Sendable () -> Int

    /// The clocks of file systems are coarser than their times look: what was changed less than these seconds ago may be changed
    /// again without a new time.
    private static let secondsToSettle = 2

    /// Makes the memory.
    ///
    /// - Parameters:
    ///   - files: Where the answers are kept.
    ///   - now: The time in seconds since 1970.
    public init(in files: KeptFiles, now: @escaping @Sendable () -> Int) {
        self.files = files
        self.now = now
    }

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
        let time = now()
        guard let state = SourceState(of: command) else { return try await ChildProcess.run(command) }
        let name = RememberedAnswers.digest(SourceState.question(of: command))
        let seal = RememberedAnswers.digest(state.files.text)
        if let kept = files[name], kept.starts(with: seal.utf8) {
            return .init(
                ending: .exited(0), output: String(decoding: kept.dropFirst(seal.utf8.count), as: UTF8.self), errors: ""
            )
        }
        let outcome = try await ChildProcess.run(command)
        if outcome.succeeded, outcome.errors.isEmpty, !outcome.output.contains(RememberedAnswers.sign),
            time - state.files.newestChange > RememberedAnswers.secondsToSettle, SourceState(of: command) == state
        {
            files.keep((seal + outcome.output).utf8, as: name)
        }
        return outcome
    }

    /// What go writes about a package that it cannot load; the reason may lie outside the module.
    private static let sign = "\"Error\": "

    /// The name of a file must not tell the environment, which may hold secrets.
    private static func digest(_ text: String) -> String {
        SHA256.hash(data: Array(text.utf8)).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
