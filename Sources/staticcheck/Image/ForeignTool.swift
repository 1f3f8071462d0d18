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
    /// - Throws: `Failure.notFound` if there is none.
    static func first(of names: [String], for purpose: String) throws(Failure) -> ForeignTool {
        let path = ProcessStart.variable("PATH") ?? ""
        for name in names {
            if let executable = SearchPath.program(name, in: path) {
                return ForeignTool(name: name, executable: executable)
            }
        }
        throw .notFound(names, purpose: purpose)
    }

    /// Runs it to its end.
    ///
    /// - Throws: `Failure.failed` with its error output.
    @discardableResult
    func run(_ arguments: [String], in folder: FilePath) async throws -> String {
        let command = Command(
            executable: executable, arguments: arguments, environment: ProcessInfo.processInfo.environment,
            workingDirectory: folder)
        let outcome = try await ChildProcess.run(command)
        guard outcome.succeeded else {
            let said = outcome.errors.isEmpty ? outcome.ending : outcome.errors
            throw Failure.failed([name] + arguments, output: said)
        }
        return outcome.output
    }

    /// Why a tool cannot do its work.
    enum Failure: Error, CustomStringConvertible {
        /// None of the tools is on PATH.
        case notFound([String], purpose: String)
        /// The command failed.
        case failed([String], output: String)

        var description: String {
            switch self {
            case .notFound(let names, let purpose):
                "\(purpose) needs one of \(names.joined(separator: ", ")), and none is on PATH; install one"
            case .failed(let words, let output): "\(words.joined(separator: " ")) failed:\n\(output)"
            }
        }
    }
}
