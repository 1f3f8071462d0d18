internal import CLinux
internal import ELF
import Files
internal import Glibc
import SystemPackage
internal import Verification

/// One file, tried in an empty root. It runs in a process of a single thread that was started for nothing else.
struct Trial {
    let request: ProofRequest
    let program: [UInt8]

    /// How long a program may run.
    static let secondsToRun = 10

    /// Tries the file.
    ///
    /// - Throws: Why it could not be tried.
    func run() throws -> Proof {
        let emulator = try emulatorBytes()
        let root = try EmptyRoot()
        try root.add("app", program)
        if let emulator { try root.add("emulator", emulator) }
        try root.seal()
        let news = try Pipe()
        let output = try Pipe()
        let child = clinux_fork()
        try check(child, "fork")
        if child == 0 { becomeProgram(in: root, news: news, output: output) }
        news.closeWriting()
        output.closeWriting()
        defer {
            kill(child, SIGKILL)
            _ = waitpid(child, nil, 0)
        }
        let words = news.readToEnd(limit: 4096)
        if let failure = LaunchFailure(words) { return failure.proof(by: starterName) }
        return try Observation(child: child, output: output, request: request, by: starterName).proof()
    }

    private var starterName: String {
        switch request.starter {
        case .kernel: "linux"
        case .emulator(let path): path.split(separator: "/").last.map(String.init) ?? path
        }
    }

    private func emulatorBytes() throws -> [UInt8]? {
        guard case .emulator(let path) = request.starter else { return nil }
        return try FileSnapshot(FilePath(path)).bytes
    }

    /// The child's side: shuts itself in, and becomes the program; what fails is told by way of a pipe that exec closes.
    private func becomeProgram(in root: borrowing EmptyRoot, news: Pipe, output: Pipe) -> Never {
        do throws(SystemCallError) {
            try check(clinux_die_with_parent(), "prctl")
            try output.takeOver([STDOUT_FILENO, STDERR_FILENO])
            try Trial.limit()
            try root.enter()
            try check(clinux_no_new_privileges(), "prctl")
            if request == ProofRequest(starter: .kernel, mode: .start) { try check(clinux_trace_me(), "ptrace") }
            let words = arguments
            execute(words[0], words)
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
            // With -g the emulator loads the program, and waits for a debugger before its first instruction.
            let wait = request.mode == .start ? ["-g", "\(Observation.debuggerPort)"] : []
            return ["/emulator"] + wait + ["/app"] + own
        }
    }

    private static func limit() throws(SystemCallError) {
        let limits = [
            (clinux_cpu_seconds, UInt(secondsToRun)), (clinux_data_bytes, 2 << 30), (clinux_file_bytes, 0),
            (clinux_core_bytes, 0),
        ]
        for (resource, value) in limits { try check(clinux_limit(resource, value), "setrlimit") }
    }

    /// exec with an environment that holds nothing; returns only where it fails.
    private func execute(_ path: String, _ words: [String]) {
        var vector = unsafe words.map { unsafe strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = unsafe [nil]
        _ = unsafe execve(path, &vector, &environment)
    }
}
