import ELF
import GoBinary
import Processes
public import SystemPackage
public import Verification

/// Tries whether files start in an empty root. Each is tried by a child process that isolates itself first.
public struct Prover: Sendable {
    private let mode: ProofMode
    private let searchPath: String
    private let program: FilePath

    /// The first argument of the child process.
    public static let childArgument = "__prove-in-empty-root"

    /// How long a program may run, in seconds.
    public static let secondsToRun = 10

    /// Makes a prover.
    ///
    /// - Parameters:
    ///   - mode: How far the files must get.
    ///   - searchPath: Where emulators are searched; the value of PATH.
    ///   - program: This program, which is started again as the child.
    public init(mode: ProofMode, searchPath: String, program: FilePath = "/proc/self/exe") {
        self.mode = mode
        self.searchPath = searchPath
        self.program = program
    }

    /// Tries a file. The bytes that were verified are tried, not the file at the path.
    ///
    /// - Parameters:
    ///   - subject: The file as it was verified.
    ///   - bytes: The whole file.
    /// - Returns: The result. If the file could not be tried, the result says why.
    /// - Throws: `CancellationError` if the task is cancelled.
    public func prove(_ subject: Subject, bytes: [UInt8]) async throws -> Proof {
        guard let image = subject.image, let kind = MachineKind.of(image.header) else {
            return Proof(.notProved, detail: "the file is for an unknown machine")
        }
        guard Prover.memory(of: image) <= Trial.memory else {
            return Proof(.notProved, detail: "it asks for more memory than the \(Trial.memory >> 30) GiB of a proof")
        }
        do {
            let request = ProofRequest(
                starter: try Starter.choose(goarch: kind.goarch, searchPath: searchPath), mode: mode)
            let command = Command(
                executable: program, arguments: [Prover.childArgument] + request.arguments, environment: [:],
                workingDirectory: "/")
            return try Proof(answerOf: try await ChildProcess.run(command, input: bytes))
        } catch let error as CancellationError {
            throw error
        } catch {
            return Proof(.notProved, detail: "\(error)")
        }
    }

    /// The writable bytes that the kernel counts when it loads a program (setrlimit(2), RLIMIT_DATA).
    private static func memory(of image: ELFImage) -> UInt64 {
        image.segments.filter { $0.kind == .load && $0.flags.contains(.writable) }.reduce(0) { sum, load in
            let (total, overflow) = sum.addingReportingOverflow(load.memorySize)
            return overflow ? .max : total
        }
    }
}
