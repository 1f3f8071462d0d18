import ArgumentParser
import ProcessStart
import Synchronization

/// Turns SIGINT, SIGTERM and SIGHUP into the cancellation of a task, so that child processes end and files are cleared.
enum Interruption {
    /// What a signal does at the moment; nil where it ends the process at once.
    private static let response = Mutex<(@Sendable () -> Void)?>(nil)

    /// Gives the main thread to the signals, while others work.
    static func wait() -> Never {
        InterruptingSignals.deliver { response.withLock { $0 }?() }
    }

    /// Runs work that the signals cancel.
    ///
    /// - Throws: What the work throws, or exit code 130 once it was interrupted.
    static func guarding<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let task = Task(operation: work)
        response.withLock { $0 = { task.cancel() } }
        InterruptingSignals.catch()
        defer {
            InterruptingSignals.release()
            response.withLock { $0 = nil }
        }
        let result = await task.result
        guard !task.isCancelled else {
            Terminal.write(
                "staticcheck: interrupted; child processes are ended, nothing half-made is left\n", to: .error)
            throw ExitCode(130)
        }
        return try result.get()
    }
}
