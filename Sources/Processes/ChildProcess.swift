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
        let result = try await Subprocess.run(
            configuration(of: command),
            input: .array(input),
            output: .string(limit: outputLimit),
            error: .string(limit: outputLimit))
        try Task.checkCancellation()
        return Outcome(
            result.terminationStatus, output: result.standardOutput, errors: result.standardError)
    }

    /// Runs a command to its end, and hands over each line of its standard error as it comes.
    ///
    /// - Parameters:
    ///   - command: The command.
    ///   - receive: Takes a line, without its end, and says whether it belongs into the outcome's errors.
    /// - Throws: `CancellationError` once the task is cancelled; else why the process could not be started.
    public static func run(
        _ command: Command, keepingErrorLines receive: (String) async -> Bool
    ) async throws -> Outcome {
        let result = try await Subprocess.run(
            configuration(of: command), input: .none, output: .string(limit: outputLimit), error: .sequence
        ) { execution in
            var kept: [String] = []
            let lines = execution.standardError.strings(bufferingPolicy: .maxLineLength(outputLimit))
            for try await line in lines where await receive(line) { kept.append(line) }
            return kept.joined(separator: "\n")
        }
        try Task.checkCancellation()
        return Outcome(result.terminationStatus, output: result.standardOutput, errors: result.closureResult)
    }

    private static func configuration(of command: Command) -> Configuration {
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
        return Configuration(
            executable: .path(command.executable), arguments: Arguments(command.arguments),
            environment: .custom(environment),
            workingDirectory: command.workingDirectory, platformOptions: options)
    }
}

extension ChildProcess.Outcome {
    fileprivate init(_ status: TerminationStatus, output: String, errors: String) {
        self.init(succeeded: status.isSuccess, output: output, errors: errors, ending: "\(status)")
    }
}
