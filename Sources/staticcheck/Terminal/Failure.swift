import ArgumentParser
import Reporting

/// Ends a command whose work could not be done.
enum Failure {
    /// Runs a command's body; an error that is not about usage is printed in plain words, and the exit code is 2.
    static func reporting(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let code as ExitCode {
            throw code
        } catch let error as ValidationError {
            throw error
        } catch {
            let lines = "\(error)".split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
            Terminal.write("staticcheck: " + lines.joined(separator: "\n") + "\n", to: .error)
            throw ExitCode(2)
        }
    }
}
