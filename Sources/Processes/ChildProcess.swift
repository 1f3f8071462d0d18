import Subprocess
import SystemPackage

/// Runs child processes; the one place that does.
public enum ChildProcess {
    /// How a process ended, and what it wrote.
    public struct Outcome: Sendable {
        /// Whether it exited with 0.
        public let succeeded: Bool
        /// Standard output, as text.
        public let output: String
        /// Standard error, as text.
        public let errors: String
        /// How the process ended, in words.
        public let ending: String
    }

    private static let outputLimit = 64 << 20

    /// Runs a command to its end, in a process group of its own, which is ended whole when the task is cancelled.
    ///
    /// - Parameters:
    ///   - command: The command.
    ///   - input: What the process reads from its standard input.
    /// - Throws: `CancellationError` once the task is cancelled; else why the process could not be started.
    public static func run(_ command: Command, input: [UInt8] = []) async throws -> Outcome {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .interrupt, toProcessGroup: true, allowedDurationToNextStep: .milliseconds(300)),
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .milliseconds(700)),
        ]
        var environment: [Environment.Key: String] = [:]
        for (key, value) in command.environment {
            if let name = Environment.Key(rawValue: key) { environment[name] = value }
        }
        let result = try await Subprocess.run(
            .path(command.executable),
            arguments: Arguments(command.arguments),
            environment: .custom(environment),
            workingDirectory: command.workingDirectory,
            platformOptions: options,
            input: .array(input),
            output: .string(limit: outputLimit),
            error: .string(limit: outputLimit))
        try Task.checkCancellation()
        let status = result.terminationStatus
        return Outcome(
            succeeded: status.isSuccess, output: result.standardOutput, errors: result.standardError,
            ending: "\(status)")
    }
}
