import ArgumentParser
import ProcessStart
import Synchronization

/// Cancels a task on SIGINT, SIGTERM and SIGHUP, so that child processes are ended and temporary files removed.
enum Interruption {
    private struct State {
        var wasInterrupted = false
        /// Cancels the running work.
        var cancel: (@Sendable () -> Void)?
    }

    private static let state = Mutex(State())

    /// Waits for signals on the main thread, while other threads work, and lets the heartbeat of that work beat.
    static func wait() -> Never {
        InterruptingSignals.deliver {
            let cancel = state.withLock { state in
                state.wasInterrupted = true
                return state.cancel
            }
            cancel?()
        } tick: {
            Heartbeat.beatTheCurrent()
        }
    }

    /// Runs work that a signal cancels. A signal that comes later does not cancel what follows, such as writing the report.
    ///
    /// - Throws: What the work throws, or exit code 130 if it was interrupted.
    static func guarding<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        InterruptingSignals.catch()
        let task = Task(operation: work)
        let wasInterrupted = state.withLock { state in
            state.cancel = { task.cancel() }
            return state.wasInterrupted
        }
        if wasInterrupted { task.cancel() }
        defer { state.withLock { $0.cancel = nil } }
        let result = await task.result
        guard !task.isCancelled else {
            Terminal.say("staticcheck: interrupted; child processes were ended and unfinished files removed")
            throw ExitCode(130)
        }
        return try result.get()
    }
}
