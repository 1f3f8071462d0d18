import ArgumentParser
import ProcessStart
import Synchronization

/// Cancels a task on SIGINT, SIGTERM, SIGHUP and SIGQUIT, so that child processes are ended and temporary files removed.
enum Interruption {
    private struct State {
        var wasInterrupted = false
        /// Cancels the running work.
        var cancel: (@Sendable () -> Void)?
        /// The seconds that are left to what follows the work; nil if no signal came after it.
        var secondsLeft: Int?
    }

    /// What follows the work, such as writing a report, ends soon, unless it writes to a pipe that nobody reads.
    private static let grace = 3

    private static let state = Mutex(State())

    /// Waits for signals on the main thread, while other threads work, and lets the heartbeat of that work beat.
    static func wait() -> Never {
        InterruptingSignals.deliver {
            let cancel = state.withLock { state in
                state.wasInterrupted = true
                if state.cancel == nil { state.secondsLeft = state.secondsLeft == nil ? grace : 0 }
                return state.cancel
            }
            cancel?()
        } tick: {
            Heartbeat.beatTheCurrent()
            endIfStuck()
        }
    }

    /// Ends the program if what follows the work has not ended by itself some seconds after a signal, or at a second signal.
    private static func endIfStuck() {
        let isStuck = state.withLock { state in
            guard state.cancel == nil, let seconds = state.secondsLeft else { return false }
            state.secondsLeft = seconds - 1
            return seconds <= 0
        }
        guard isStuck else { return }
        Terminal.say("staticcheck: interrupted while it wrote its results")
        end(130)
    }

    /// Runs work that a signal cancels. A signal that comes later leaves what follows, such as writing the report, some seconds.
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
