internal import CLinux
internal import ELF
import Files
internal import Glibc
import SystemPackage
internal import Verification

/// The trial of one file in an empty root. It runs in a process with a single thread that does nothing else.
struct Trial {
    let request: ProofRequest
    let program: [UInt8]

    /// Tries the file.
    ///
    /// - Throws: `FileError`, `OutputError` or `SystemCallError` if the file could not be tried.
    func run() throws -> Proof {
        // The emulator is read before the root changes: afterwards it is out of reach.
        let emulator = try emulatorBytes()
        let root = try EmptyRoot()
        try root.add("app", program)
        if let emulator { try root.add("emulator", emulator) }
        try root.seal()
        let news = try Pipe()
        let output = try Pipe()
        let child = clinux_fork()
        try check(child, .fork)
        if child == 0 { becomeProgram(in: root, news: news, output: output) }
        news.closeWriting()
        output.closeWriting()
        defer {
            kill(child, SIGKILL)
            _ = waitpid(child, nil, 0)
        }
        let message = news.readToEnd(limit: 4096)
        if let failure = LaunchFailure(message) { return failure.proof(by: request.starter.name) }
        return try Observation(child: child, output: output, request: request, by: request.starter.name).proof()
    }

    private func emulatorBytes() throws -> [UInt8]? {
        guard case .emulator(let path) = request.starter else { return nil }
        return try FileSnapshot(path).bytes
    }

    /// The child's side: it isolates itself and becomes the program. A failure is sent through a pipe that exec closes.
    private func becomeProgram(in root: borrowing EmptyRoot, news: Pipe, output: Pipe) -> Never {
        do throws(SystemCallError) {
            try check(clinux_die_with_parent(), .prctl)
            try output.takeOver([STDOUT_FILENO, STDERR_FILENO])
            try Trial.limit()
            try root.enter()
            try check(clinux_no_new_privileges(), .prctl)
            if request == ProofRequest(starter: .kernel, mode: .start) { try check(clinux_trace_me(), .ptrace) }
            let words = arguments
            Execution(words: words).of(path: words[0])
            news.write(LaunchFailure.refused(errno).encoded)
        } catch {
            news.write(LaunchFailure.setUp(error.description).encoded)
        }
        _exit(1)
    }

    private var arguments: [String] {
        let own: [String] =
            switch request.mode {
            case .start: []
            case .run(let words): words
            }
        switch request.starter {
        case .kernel: return ["/app"] + own
        case .emulator:
            // With -g the emulator loads the program, then waits for a debugger before the first instruction.
            let wait = request.mode == .start ? ["-g", "\(Observation.debuggerPort)"] : []
            return ["/emulator"] + wait + ["/app"] + own
        }
    }

    /// The bytes of writable memory that a program may have.
    static let memory: UInt64 = 2 << 30

    /// The time is limited by the parent alone, so that there is one limit, and not another of the processor's time.
    private static func limit() throws(SystemCallError) {
        let limits: [(Int32, UInt)] = [
            (clinux_data_bytes, UInt(memory)), (clinux_file_bytes, 0), (clinux_core_bytes, 0),
        ]
        for (resource, value) in limits { try check(clinux_limit(resource, value), .setrlimit) }
    }
}
