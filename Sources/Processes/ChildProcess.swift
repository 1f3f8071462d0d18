internal import Glibc
import Subprocess
public import SystemPackage

/// Runs child processes. No other code starts any, apart from the proof of a start (module Proving).
public enum ChildProcess {
    /// How a process ended, and what it wrote.
    public struct Outcome: Sendable {
        /// How the process ended.
        public let ending: Ending
        /// Standard output, as text.
        public let output: String
        /// Standard error, as text.
        public let errors: String

        /// Makes an outcome.
        public init(ending: Ending, output: String, errors: String) {
            self.ending = ending
            self.output = output
            self.errors = errors
        }

        /// Whether the process exited with 0.
        public var succeeded: Bool { ending == .exited(0) }
    }

    /// How a process ended.
    public enum Ending: Sendable, Hashable, CustomStringConvertible {
        /// It exited with a code.
        case exited(Int32)
        /// A signal killed it.
        case killed(Int32)

        /// `exit code 2` or `signal 9`.
        public var description: String {
            switch self {
            case .exited(let code): "exit code \(code)"
            case .killed(let signal): "signal \(signal)"
            }
        }
    }

    /// The limit in bytes for each of standard output and standard error, 64 MiB.
    public static let outputLimit = 64 << 20

    /// Runs a command to its end, in a new process group. If the task is cancelled, the whole group is ended.
    ///
    /// - Parameters:
    ///   - command: The command.
    ///   - input: What the process reads from its standard input.
    ///   - outputLimit: The limit in bytes for each of standard output and standard error.
    /// - Throws: `CancellationError` if the task is cancelled, else `ProcessError`. A non-zero exit code is not an error.
    public static func run(
        _ command: Command, input: [UInt8] = [], outputLimit: Int = outputLimit
    ) async throws -> Outcome {
        try await toItsEnd(command, outputLimit) { onStart in
            let result = try await Subprocess.run(
                configuration(of: command), input: .array(input), output: .string(limit: outputLimit),
                error: .string(limit: outputLimit)
            ) { onStart($0.processIdentifier.value) }
            return Outcome(
                ending: Ending(result.terminationStatus), output: result.standardOutput, errors: result.standardError)
        }
    }

    /// Runs a command to its end, as ``run(_:input:outputLimit:)`` does; the process reads an open file from its standard input.
    ///
    /// - Parameter file: The file. It is closed here.
    /// - Throws: `CancellationError` if the task is cancelled, else `ProcessError`.
    public static func run(_ command: Command, inputFile file: FileDescriptor) async throws -> Outcome {
        try await toItsEnd(command, outputLimit) { onStart in
            let result = try await Subprocess.run(
                configuration(of: command), input: .fileDescriptor(file, closeAfterSpawningProcess: true),
                output: .string(limit: outputLimit), error: .string(limit: outputLimit)
            ) { onStart($0.processIdentifier.value) }
            return Outcome(
                ending: Ending(result.terminationStatus), output: result.standardOutput, errors: result.standardError)
        }
    }

    /// Runs a command to its end, as ``run(_:input:outputLimit:)`` does, and passes on each line of its standard error at once.
    ///
    /// - Parameters:
    ///   - command: The command.
    ///   - receive: Receives a line, without its end, and returns whether it belongs to the outcome's errors.
    /// - Throws: `CancellationError` if the task is cancelled, else `ProcessError`.
    public static func run(
        _ command: Command, keepingErrorLines receive: (String) async -> Bool
    ) async throws -> Outcome {
        try await toItsEnd(command, outputLimit) { onStart in
            let result = try await Subprocess.run(
                configuration(of: command), input: .none, output: .string(limit: outputLimit), error: .sequence
            ) { execution in
                onStart(execution.processIdentifier.value)
                var kept: [String] = []
                let lines = execution.standardError.strings(bufferingPolicy: .maxLineLength(outputLimit))
                for try await line in lines where await receive(line) { kept.append(line) }
                return kept.joined(separator: "\n")
            }
            return Outcome(
                ending: Ending(result.terminationStatus), output: result.standardOutput, errors: result.closureResult)
        }
    }

    /// Runs a body that starts a process, and translates its errors.
    ///
    /// If the task is cancelled, the body ends with the first process of the group. Others may have ignored the signal: a shell
    /// starts its background jobs like that. They are killed here.
    private static func toItsEnd(
        _ command: Command, _ limit: Int, _ body: (_ onStart: (pid_t) -> Void) async throws -> Outcome
    ) async throws -> Outcome {
        var group: pid_t?
        let result: Result<Outcome, any Error>
        do { result = .success(try await body { group = $0 }) } catch { result = .failure(error) }
        if Task.isCancelled {
            if let group { kill(-group, SIGKILL) }
            throw CancellationError()
        }
        do { return try result.get() } catch let error as SubprocessError {
            throw ProcessError(error, of: command, limit)
        }
    }

    static func configuration(of command: Command, inGroupOfItsOwn: Bool = true) -> Configuration {
        var options = PlatformOptions()
        if inGroupOfItsOwn { options.processGroupID = 0 }
        // A compiler that is asked to stop removes its temporary files; what does not stop is killed in the end.
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

extension ChildProcess.Ending {
    init(_ status: TerminationStatus) {
        self =
            switch status {
            case .exited(let code): .exited(code)
            case .signaled(let signal): .killed(signal)
            }
    }
}

extension ProcessError {
    init(_ error: SubprocessError, of command: Command, _ limit: Int) {
        self =
            switch error.code {
            case .executableNotFound: .programNotFound(command.executable)
            case .failedToChangeWorkingDirectory:
                .folderNotFound(command.workingDirectory, program: command.executable)
            case .outputLimitExceeded: .outputTooLarge(command.executable, limit: limit)
            default: .failed(command.executable, error.underlyingError)
            }
    }
}
