internal import Glibc
import Subprocess
public import SystemPackage

extension ChildProcess {
    /// Runs a command whose standard input and output are pipes of the caller, while a body uses their other ends. Standard error
    /// is that of this process.
    ///
    /// The process stays in the process group of this one, so that a signal to the group ends both.
    ///
    /// - Parameters:
    ///   - command: The command.
    ///   - input: What the process reads. It is closed here.
    ///   - output: Where the process writes. It is closed here.
    ///   - grace: How long the process may run after the body, in seconds. Then it is killed.
    ///   - body: Uses the pipes; it gets a function that kills the process.
    /// - Returns: How the process ended, and what the body returned.
    /// - Throws: `ProcessError` if the command cannot be started.
    public static func run<Value: Sendable>(
        _ command: Command, input: FileDescriptor, output: FileDescriptor, allowing grace: Int,
        body: (_ kill: () -> Void) async -> Value
    ) async throws -> (Ending, Value) {
        var killer: Task<Void, Never>?
        defer { killer?.cancel() }
        do {
            let result = try await Subprocess.run(
                configuration(of: command, inGroupOfItsOwn: false),
                input: .fileDescriptor(input, closeAfterSpawningProcess: true),
                output: .fileDescriptor(output, closeAfterSpawningProcess: true),
                error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false)
            ) { execution in
                let process = execution.processIdentifier.value
                let value = await body { _ = kill(process, SIGKILL) }
                killer = Task {
                    guard (try? await Task.sleep(for: .seconds(grace))) != nil else { return }
                    _ = kill(process, SIGKILL)
                }
                return value
            }
            return (Ending(result.terminationStatus), result.closureResult)
        } catch let error as SubprocessError {
            throw ProcessError(error, of: command, outputLimit)
        }
    }
}
