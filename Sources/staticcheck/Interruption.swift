import ArgumentParser
import Dispatch
import Glibc

/// Turns SIGINT, SIGTERM and SIGHUP into the cancellation of a task, so that child processes end and files are cleared.
enum Interruption {
    /// Runs work that the signals cancel.
    ///
    /// - Throws: What the work throws, or exit code 130 once it was interrupted.
    static func guarding<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let task = Task(operation: work)
        let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { task.cancel() }
            source.resume()
            return source
        }
        defer { sources.forEach { $0.cancel() } }
        let result = await task.result
        guard !task.isCancelled else {
            Terminal.write(
                "staticcheck: interrupted; child processes are ended, nothing half-made is left\n", to: .error)
            throw ExitCode(130)
        }
        return try result.get()
    }
}
