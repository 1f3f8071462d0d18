import FoundationEssentials
import ProcessStart
import Processes
import ScratchImage
import SystemPackage

/// A program of others that images are handed to.
struct ForeignTool: Sendable {
    let name: String
    private let executable: FilePath

    /// The first of some programs that is on PATH.
    ///
    /// - Throws: `ImageError` that names them, where none is.
    static func first(of names: [String], for purpose: String) throws(ImageError) -> ForeignTool {
        let path = ProcessStart.variable("PATH") ?? ""
        for name in names {
            if let executable = SearchPath.program(name, in: path) {
                return ForeignTool(name: name, executable: executable)
            }
        }
        throw ImageError("\(purpose) needs one of \(names.joined(separator: ", ")) on PATH, and there is none")
    }

    /// Runs it to its end.
    ///
    /// - Throws: `ImageError` with what it said, where it fails.
    @discardableResult
    func run(_ arguments: [String], in folder: FilePath) async throws -> String {
        let command = Command(
            executable: executable, arguments: arguments, environment: ProcessInfo.processInfo.environment,
            workingDirectory: folder)
        let outcome = try await ChildProcess.run(command)
        guard outcome.succeeded else {
            let said = outcome.errors.isEmpty ? outcome.ending.description : outcome.errors
            throw ImageError("\(name) \(arguments.joined(separator: " ")) failed:\n\(said)")
        }
        return outcome.output
    }
}
