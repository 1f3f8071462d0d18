import Processes
import SystemPackage

/// An outside program that images are handed to or fetched with, such as skopeo or podman.
struct ForeignTool: Sendable {
    let name: String
    private let executable: FilePath
    private let environment: [String: String]

    /// The first of some programs that is on `PATH`.
    static func first(
        of names: [String], for purpose: String, in context: Context
    ) throws(ContextError) -> ForeignTool {
        for name in names {
            if let executable = SearchPath.program(name, in: context.searchPath) {
                return ForeignTool(name: name, executable: executable, environment: context.environment)
            }
        }
        throw .toolNotFound(names, purpose: purpose)
    }

    /// Runs the tool and waits for it.
    ///
    /// - Returns: What it wrote to standard output.
    /// - Throws: `ContextError.toolFailed` if it ends with an error.
    @discardableResult
    func run(_ arguments: [String], in folder: FilePath) async throws -> String {
        let outcome = try await outcome(of: arguments, in: folder)
        guard outcome.succeeded else {
            let said = outcome.errors.isEmpty ? outcome.ending.description : outcome.errors
            throw ContextError.toolFailed(name, arguments: arguments, output: said)
        }
        return outcome.output
    }

    /// Runs the tool and waits for it, whether it succeeds or not.
    ///
    /// - Parameter input: What it reads from its standard input.
    func outcome(
        of arguments: [String], input: [UInt8] = [], in folder: FilePath
    ) async throws -> ChildProcess.Outcome {
        let command = Command(
            executable: executable, arguments: arguments, environment: environment, workingDirectory: folder)
        return try await ChildProcess.run(command, input: input)
    }
}
