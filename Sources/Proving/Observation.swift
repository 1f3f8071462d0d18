internal import CLinux
import Files
internal import Glibc
import SystemPackage
internal import Verification

/// Watches a program after exec, until its first instruction or its end.
struct Observation {
    let child: pid_t
    let output: Pipe
    let request: ProofRequest
    let by: String

    /// The port on which an emulator waits for a debugger, in a network of its own.
    static let debuggerPort = 1234

    func proof() throws(SystemCallError) -> Proof {
        switch (request.starter, request.mode) {
        case (.kernel, .start): return try traced()
        case (.emulator, .start): return try watched { Observation.isDebuggerAwaited ? Proof(.started, by: by) : nil }
        case (_, .run): return try watched { nil }
        }
    }

    /// A traced process stops with SIGTRAP when exec has set everything up (ptrace(2), "PTRACE_TRACEME").
    private func traced() throws(SystemCallError) -> Proof {
        var status: Int32 = 0
        try check(unsafe waitpid(child, &status, 0), .waitpid)
        return ProcessChange(waitStatus: status).proof(request.mode, by: by, output: [])
    }

    /// Reads the output until the program ends, a sign is seen, or the time is up. The time is that of a clock, whatever the
    /// program does with it.
    private func watched(_ sign: () -> Proof?) throws(SystemCallError) -> Proof {
        var output = ProgramOutput(self.output)
        let clock = ContinuousClock()
        let end = clock.now + .seconds(Prover.secondsToRun)
        var memory = MemoryWatch(of: child)
        var emulator = StuckEmulator(of: child)
        while clock.now < end {
            output.read(waiting: 10)
            var status: Int32 = 0
            let ended = unsafe waitpid(child, &status, WNOHANG)
            try check(ended, .waitpid)
            if ended == child {
                // The other processes of the root ended with the first.
                output.readRest(until: end)
                return ProcessChange(waitStatus: status).proof(request.mode, by: by, output: output.bytes)
            }
            if request.starter != .kernel, let end = emulator.end(after: output) {
                return end.proof(request.mode, by: by, output: output.bytes)
            }
            if let excess = memory.excess() { return Proof(excess.outcome, by: by, detail: excess.words) }
            if let proof = sign() { return proof }
        }
        guard request.mode != .start else { return Proof(.notProved, by: by, detail: "the emulator did not answer") }
        let said = ProcessChange.quote(output.bytes)
        return Proof(.stillRunning, by: by, detail: "still running after \(Prover.secondsToRun) s\(said)")
    }

    private static var isDebuggerAwaited: Bool {
        KernelFile.text("/proc/net/tcp").map { isListening(on: debuggerPort, in: $0) } ?? false
    }

    /// Whether `/proc/net/tcp` lists a socket that listens on a port: state 0A is TCP_LISTEN (proc(5)).
    static func isListening(on port: Int, in table: String) -> Bool {
        let digits = String(port, radix: 16, uppercase: true)
        let suffix = ":" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return table.split(separator: "\n").contains { line in
            let fields = line.split(separator: " ")
            return fields.count > 3 && fields[1].hasSuffix(suffix) && fields[3] == "0A"
        }
    }
}

/// What waitpid(2) reports about a process.
enum ProcessChange: Hashable {
    case stopped(signal: Int32)
    case killed(signal: Int32)
    case exited(code: Int32)

    /// Reads a wait status.
    init(waitStatus status: Int32) {
        if clinux_is_stopped(status) != 0 {
            self = .stopped(signal: clinux_signal(status))
        } else if clinux_is_signaled(status) != 0 {
            self = .killed(signal: clinux_signal(status))
        } else {
            self = .exited(code: clinux_exit_code(status))
        }
    }

    /// The result for the report.
    ///
    /// - Parameters:
    ///   - mode: How far the program was to get.
    ///   - starter: What started it.
    ///   - output: What it wrote; the first line is quoted.
    func proof(_ mode: ProofMode, by starter: String, output: [UInt8]) -> Proof {
        let said = ProcessChange.quote(output)
        switch self {
        case .stopped(SIGTRAP): return Proof(.started, by: starter)
        case .stopped(let signal), .killed(let signal):
            return Proof(.refused, by: starter, detail: "killed by \(KernelName.signal(signal))\(said)")
        case .exited(let code):
            if mode == .start {
                return Proof(.refused, by: starter, detail: "not loaded (exit code \(code))\(said)")
            }
            return Proof(code == 0 ? .ran : .failed, by: starter, detail: "exit code \(code)\(said)")
        }
    }

    /// The first line of what a program wrote, as the end of a sentence; a long line is cut.
    static func quote(_ output: [UInt8]) -> String {
        guard let line = output.split(separator: UInt8(ascii: "\n")).first else { return "" }
        let text = String(decoding: line.prefix(1024), as: UTF8.self)
        return "; it said: \(text.prefix(200))" + (text.count > 200 ? "…" : "")
    }
}
