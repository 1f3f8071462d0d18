import ArgumentParser
import GoToolchain
import Reporting
import Text
import Workflows

/// Turns the errors of a command into messages and exit codes.
enum Failure {
    /// Runs the body of a command. A usage error becomes a `ValidationError`. Any other error is printed, and the exit code
    /// is 2, or 1 if the error is a verdict.
    static func reporting(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let code as ExitCode {
            throw code
        } catch let error as ValidationError {
            throw error
        } catch let error as any UsageError {
            throw ValidationError("\(error)")
        } catch let error as WrongTarget {
            Terminal.say("staticcheck: \(error.reason): \(error.command(insteadOf: Surroundings.arguments))")
            throw ExitCode.validationFailure
        } catch let error where error.isWrongUsage {
            Terminal.say("staticcheck: \(error)")
            throw ExitCode.validationFailure
        } catch ImageRunError.notReady(let report) {
            // The report was printed at the end of the check.
            throw ExitCode(report.exitCode)
        } catch let error {
            Terminal.say("staticcheck: \(error)")
            throw ExitCode(error.isVerdict ? 1 : 2)
        }
    }

    /// Ends the process after an error that names the command to type, so that no usage need follow.
    static func exit(with error: some Error & CustomStringConvertible) -> Never {
        Terminal.say("staticcheck: \(error)")
        end(ExitCode.validationFailure.rawValue)
    }

    /// Ends the process after a command has thrown an error.
    ///
    /// - Parameter command: The subcommand that was running; nil if the command line was not parsed.
    static func exit(with error: any Error, of command: (any ParsableCommand.Type)?) -> Never {
        // The parser would set up its help to tell the code of an error that is one.
        let code = error as? ExitCode ?? StaticcheckCommand.exitCode(for: error)
        if let error = error as? ValidationError, let command {
            Terminal.say("Error: \(error.message)\n\(hint(for: command))")
        } else if !(error is ExitCode) {
            let text = StaticcheckCommand.fullMessage(for: error)
            if code.isSuccess { write(text) } else { Terminal.say(text) }
        }
        end(code.rawValue)
    }

    /// Writes a result that needs no work, such as a help text, and ends the process if that is not possible.
    static func write(_ text: String) {
        do {
            try Terminal.report(text + "\n")
        } catch {
            Terminal.say("staticcheck: \(error)")
            end(2)
        }
    }

    /// What the parser prints after an error of its own. For errors that a command throws while it runs, the parser does not
    /// know which subcommand that was.
    private static func hint(for command: any ParsableCommand.Type) -> String {
        let name = command.configuration.commandName ?? ""
        return
            "Usage: \(StaticcheckCommand.usageString(for: command))\n  See 'staticcheck \(name) --help' for more information."
    }
}

/// An error of a workflow that only a different command line can avoid: exit code 64.
protocol UsageError: Error {}

extension VerifyError: UsageError {}
extension GateRequestError: UsageError {}

extension WrongTarget {
    /// The command line that is meant instead of another.
    fileprivate func command(insteadOf arguments: [String]) -> String {
        let words = otherCommand ?? arguments.map { $0 == correction?.from ? correction?.to ?? $0 : $0 }
        return (["staticcheck"] + words).map(\.shellQuoted).joined(separator: " ")
    }
}

extension Error {
    /// Whether only a different command line avoids an error that says so itself.
    fileprivate var isWrongUsage: Bool {
        let error: any Error = self
        return switch error {
        case is WrongPackage, is UnusableOutput, is ForeignOption: true
        case DiffError.differentKinds, ResolveError.noFolder: true
        case BuildError.noModule, BuildError.noProgram, BuildError.unknownPlatform: true
        case ImageRunError.severalPrograms, ImageRunError.unknownProgram, ImageRunError.unusableName: true
        case ImageRunError.entryPointNotPacked, ImageRunError.noLinuxPlatform: true
        case DockerfileFailure.notOneProgram: true
        default: false
        }
    }

    /// Whether something went wrong while the command did what it was asked for.
    var isFailure: Bool {
        !(self is ExitCode || self is ValidationError || self is any UsageError || self is WrongTarget || isWrongUsage)
    }

    /// Whether the gate has refused something, which is a result and not a failure.
    fileprivate var isVerdict: Bool {
        if let error = self as? ImageRunError, case .refused = error { true } else { false }
    }
}

extension ExitCode {
    /// Ends a command with a code, unless the code is 0.
    static func end(_ code: Int32) throws {
        if code != 0 { throw ExitCode(code) }
    }
}
