import ELF
import FoundationEssentials
import GoBinary
import Processes
public import SystemPackage
public import Verification

/// Tries files in an empty root, each by a child process that shuts itself in first.
public struct Prover: Sendable {
    private let mode: ProofMode
    private let searchPath: String
    private let program: FilePath

    /// The first argument by which this program knows that it is the child.
    public static let childArgument = "__prove-in-empty-root"

    /// Makes a prover.
    ///
    /// - Parameters:
    ///   - mode: How far files are taken.
    ///   - searchPath: Where emulators are looked for, folders with colons between.
    ///   - program: This program, which is started again as the child.
    public init(mode: ProofMode, searchPath: String, program: FilePath = "/proc/self/exe") {
        self.mode = mode
        self.searchPath = searchPath
        self.program = program
    }

    /// Tries a file, by its bytes: what was verified is what is tried.
    ///
    /// - Parameter bytes: The whole file that the subject was made of.
    /// - Throws: `CancellationError` once the task is cancelled.
    public func prove(_ subject: Subject, bytes: [UInt8]) async throws -> Proof {
        guard let image = subject.image, let kind = MachineKind.of(image.header) else {
            return Proof(.notProved, detail: "the file is for no known machine")
        }
        do {
            let request = ProofRequest(
                starter: try Starter.choose(goarch: kind.goarch, searchPath: searchPath), mode: mode)
            let command = Command(
                executable: program, arguments: [Prover.childArgument] + request.arguments, environment: [:],
                workingDirectory: "/")
            let outcome = try await ChildProcess.run(command, input: bytes)
            guard outcome.succeeded else {
                return Proof(.notProved, detail: "the child process ended with \(outcome.ending): \(outcome.errors)")
            }
            return try JSONDecoder().decode(Proof.self, from: Data(outcome.output.utf8))
        } catch let error as CancellationError {
            throw error
        } catch {
            return Proof(.notProved, detail: "\(error)")
        }
    }
}
