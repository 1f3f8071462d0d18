import ArgumentParser
import ProcessStart
import Synchronization

/// Turns SIGINT, SIGTERM and SIGHUP into the cancellation of a task, so that child processes end and files are cleared.
enum Interruption {
    private struct State {
        var hasCome = false
        /// Cancels the work that there is at the moment.
        var cancel: (@Sendable () -> Void)?
    }

    private static let state = Mutex(State())

    /// Gives the main thread to the signals, while others work.
    static func wait() -> Never {
        InterruptingSignals.deliver {
            let cancel = state.withLock { state in
                state.hasCome = true
                return state.cancel
            }
            cancel?()
        }
    }

    /// Runs work that the signals cancel. What is done after it, the writing of a report, they leave alone.
    ///
    /// - Throws: What the work throws, or exit code 130 once it was interrupted.
    static func guarding<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        InterruptingSignals.catch()
        let task = Task(operation: work)
        let hasCome = state.withLock { state in
            state.cancel = { task.cancel() }
            return state.hasCome
        }
        if hasCome { task.cancel() }
        defer { state.withLock { $0.cancel = nil } }
        let result = await task.result
        guard !task.isCancelled else {
            Terminal.write(
                "staticcheck: interrupted; child processes are ended, nothing half-made is left\n", to: .error)
            throw ExitCode(130)
        }
        return try result.get()
    }
}
