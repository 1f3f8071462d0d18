import Files
import FoundationEssentials
import Processes
import SystemPackage
import Verification

/// The other side of the prover: this program, started again as a child process to try one file.
public enum ProofChild {
    /// Does the work of the child if the arguments say so. Call it before any thread is started.
    ///
    /// The file comes from standard input; the result goes to standard output, as JSON.
    ///
    /// - Parameter arguments: The arguments of the process, starting with the program's name.
    /// - Returns: Whether the work was done, so that the process must end.
    public static func run(arguments: [String]) -> Bool {
        guard let proof = proof(of: arguments) else { return false }
        // Without an answer the parent reports that the child failed.
        if let document = try? JSONEncoder().encode(proof) { _ = try? FileDescriptor.standardOutput.writeAll(document) }
        return true
    }

    private static func proof(of arguments: [String]) -> Proof? {
        guard arguments.count > 2 else { return nil }
        switch arguments[1] {
        case ContainerProver.childArgument:
            return arguments.count > 3 ? ContainerChild.proof(emulator: arguments[2], goarch: arguments[3]) : nil
        case Prover.childArgument:
            guard let request = ProofRequest(arguments: Array(arguments[2...])) else { return nil }
            do {
                return try Trial(request: request, program: FileDescriptor.standardInput.readToEnd()).run()
            } catch {
                return Proof(.notProved, detail: "\(error)")
            }
        default: return nil
        }
    }
}

extension Proof {
    /// What the child process has answered; if it failed, that nothing is proved.
    ///
    /// - Throws: `DecodingError` if the answer is not a proof.
    init(answerOf outcome: ChildProcess.Outcome) throws {
        guard outcome.succeeded else {
            self.init(.notProved, detail: "the child process ended with \(outcome.ending): \(outcome.errors)")
            return
        }
        self = try JSONDecoder().decode(Proof.self, from: Data(outcome.output.utf8))
    }
}
