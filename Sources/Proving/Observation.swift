internal import CLinux
internal import Glibc
internal import Verification

/// Watches a program that exec has begun, up to its first instruction or its end.
struct Observation {
    let child: pid_t
    let output: Pipe
    let request: ProofRequest
    let by: String

    /// Where an emulator waits for a debugger, in a network of its own.
    static let debuggerPort = 1234

    func proof() throws(SystemCallError) -> Proof {
        switch (request.starter, request.mode) {
        case (.kernel, .start): return try traced()
        case (.emulator, .start): return try watched { Observation.isDebuggerAwaited ? Proof(.started, by: by) : nil }
        case (_, .run): return try watched { nil }
        }
    }

    /// A traced process stops by SIGTRAP once exec has set everything up (ptrace(2), "PTRACE_TRACEME").
    private func traced() throws(SystemCallError) -> Proof {
        var status: Int32 = 0
        try check(unsafe waitpid(child, &status, 0), "waitpid")
        if clinux_is_stopped(status) != 0 && clinux_signal(status) == SIGTRAP { return Proof(.started, by: by) }
        return Proof(.refused, by: by, detail: "killed by \(KernelName.signal(clinux_signal(status)))")
    }

    /// Reads along until the program ends, something else is seen, or the time is up.
    private func watched(_ sign: () -> Proof?) throws(SystemCallError) -> Proof {
        var words: [UInt8] = []
        var waited = 0
        let step = 10
        while waited < Trial.secondsToRun * 1000 {
            var poller = pollfd(fd: output.reading, events: Int16(POLLIN), revents: 0)
            if unsafe poll(&poller, 1, Int32(step)) > 0, poller.revents & Int16(POLLIN) != 0 {
                words += (output.readSome() ?? []).prefix(4096 - words.count)
            } else if poller.revents != 0 {
                usleep(UInt32(step * 1000))
                waited += step
            } else {
                waited += step
            }
            var status: Int32 = 0
            let ended = unsafe waitpid(child, &status, WNOHANG)
            try check(ended, "waitpid")
            if ended == child { return ending(status, words) }
            if let proof = sign() { return proof }
        }
        guard request.mode != .start else { return Proof(.notProved, by: by, detail: "the emulator did not answer") }
        return Proof(.ran, by: by, detail: "still running after \(Trial.secondsToRun) s")
    }

    private func ending(_ status: Int32, _ words: [UInt8]) -> Proof {
        let lines = String(decoding: words, as: UTF8.self).split(separator: "\n")
        let said = lines.first.map { "; it said: \($0)" } ?? ""
        if clinux_is_signaled(status) != 0 {
            let cause = KernelName.signal(clinux_signal(status))
            return Proof(.refused, by: by, detail: "killed by \(cause)\(said)")
        }
        let code = clinux_exit_code(status)
        if request.mode == .start { return Proof(.refused, by: by, detail: "not loaded (exit code \(code))\(said)") }
        return Proof(code == 0 ? .ran : .failed, by: by, detail: "exit code \(code)\(said)")
    }

    /// Whether somebody listens on the debugger's port: state 0A is TCP_LISTEN (proc(5), /proc/net/tcp).
    private static var isDebuggerAwaited: Bool {
        let descriptor = unsafe open("/proc/net/tcp", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        let port = String(debuggerPort, radix: 16, uppercase: true)
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).split(separator: "\n").contains { line in
            let fields = line.split(separator: " ")
            return fields.count > 3 && fields[1].hasSuffix(":0\(port)") && fields[3] == "0A"
        }
    }
}
