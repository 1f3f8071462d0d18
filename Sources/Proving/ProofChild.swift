import FoundationEssentials
internal import Glibc
import Verification

/// The other side of the prover: this program, started again as a child process to try one file.
public enum ProofChild {
    /// Does the work of the child if the arguments say so. Call it before any thread is started.
    ///
    /// - Parameter arguments: The arguments of the process, starting with the program's name.
    /// - Returns: Whether the work was done, so that the process must end.
    public static func run(arguments: [String]) -> Bool {
        guard arguments.count > 1, arguments[1] == Prover.childArgument,
            let request = ProofRequest(arguments: Array(arguments[2...]))
        else { return false }
        let proof: Proof
        do {
            proof = try Trial(request: request, program: readInput()).run()
        } catch {
            proof = Proof(.notProved, detail: "\(error)")
        }
        guard let document = try? JSONEncoder().encode(proof) else { return true }
        _ = unsafe document.withUnsafeBytes { unsafe write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        return true
    }

    private static func readInput() -> [UInt8] {
        var input: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(STDIN_FILENO, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return input }
            input += buffer.prefix(count)
        }
    }
}
