import ArgumentParser
import Reporting
import Workflows

/// Ends a command whose work could not be done.
enum Failure {
    /// Runs the body of a command. An error that is not about usage is printed, and the exit code is 2, or 1 if it is a
    /// verdict.
    static func reporting(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let code as ExitCode {
            throw code
        } catch let error as ValidationError {
            throw error
        } catch let error as any UsageError {
            throw ValidationError("\(error)")
        } catch ImageRunError.unusableName(let name) {
            // Known only after the binaries were read, but --tag avoids it.
            throw ValidationError("\(ImageRunError.unusableName(name))")
        } catch ImageRunError.notReady(let report) {
            // Its text was printed when the check ended.
            throw ExitCode(report.exitCode)
        } catch let error {
            let lines = "\(error)".printableLines
            Terminal.write("staticcheck: " + lines.joined(separator: "\n") + "\n", to: .error)
            throw ExitCode(error.isVerdict ? 1 : 2)
        }
    }
}

/// An error of a workflow that only another command line can avoid: exit code 64.
protocol UsageError: Error {}

extension VerifyError: UsageError {}
extension GateRequestError: UsageError {}

extension Error {
    /// Whether the gate has refused something, which is an answer and not a failure.
    fileprivate var isVerdict: Bool {
        if let error = self as? ImageRunError, case .refused = error { true } else { false }
    }
}

extension ExitCode {
    /// Ends a command with a code, if that is not 0.
    static func end(_ code: Int32) throws {
        if code != 0 { throw ExitCode(code) }
    }
}
