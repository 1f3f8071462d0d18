import Subprocess
import SystemPackage

/// Runs child processes; the one place that does.
enum ChildProcess {
    struct Outcome: Sendable {
        let succeeded: Bool
        /// Standard output, as text.
        let output: String
        /// Standard error, as text.
        let errors: String
        /// How the process ended, in words.
        let ending: String
    }

    private static let outputLimit = 64 << 20

    /// Runs a command to its end, in a process group of its own, which is ended whole when the task is cancelled.
    static func run(_ command: GoCommand) async throws -> Outcome {
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
            output: .string(limit: outputLimit),
            error: .string(limit: outputLimit))
        try Task.checkCancellation()
        let status = result.terminationStatus
        return Outcome(
            succeeded: status.isSuccess, output: result.standardOutput, errors: result.standardError,
            ending: "\(status)")
    }
}
