internal import CLinux
internal import Glibc
import GoBinary
import SystemPackage
internal import Verification

/// The trial of one container. It runs in a process with a single thread that does nothing else.
struct ContainerTrial {
    let specification: ContainerSpecification
    let starter: Starter
    /// The machine of the program; nil if it is unknown.
    let machine: MachineKind?
    /// What the root holds.
    var members: RootReader

    /// Tries the container.
    ///
    /// - Throws: `ContainerError` or `SystemCallError` if it could not be tried.
    mutating func run() throws -> Proof {
        let emulator = try openEmulator()
        let spaces = try ContainerNamespaces(for: specification)
        let lines = ContainerLines(news: try Pipe(), output: try Pipe(), permission: try Pipe())
        let child = clinux_fork()
        try check(child, .fork)
        if child == 0 { becomeProgram(lines, hasAllUsers: spaces.hasAllUsers, emulator: emulator) }
        lines.closeFarEnds()
        defer {
            kill(child, SIGKILL)
            // The first process of a container ends after all others of it, of which some are children of this one.
            while waitpid(-1, nil, 0) > 0 {}
        }
        let user = ContainerUser(specification: specification, hasAllUsers: spaces.hasAllUsers)
        switch specification.aim {
        case .start: return try ContainerStart(child: child, lines: lines, starter: starter, machine: machine).proof()
        case .run(let conditions):
            var watch = ContainerWatch(
                child: child, lines: lines, starter: starter, conditions: conditions,
                questions: ProbeQuestions(conditions.probes, user: user, container: child, emulator: emulator))
            return try watch.proof()
        }
    }

    private func openEmulator() throws -> Int32? {
        guard case .emulator(let path) = starter else { return nil }
        return try FileDescriptor.open(path, .readOnly, options: .closeOnExec).rawValue
    }

    /// The child's side: it lays the root and becomes the program. A failure is sent through a pipe that exec closes.
    private mutating func becomeProgram(_ lines: ContainerLines, hasAllUsers: Bool, emulator: Int32?) -> Never {
        do {
            try ContainerRoot(specification: specification, hasAllUsers: hasAllUsers).enter(&members)
            try lines.takeOverStandardStreams()
            let user = ContainerUser(specification: specification, hasAllUsers: hasAllUsers)
            try user.become()
            if specification.aim == .start, emulator == nil { try check(clinux_trace_me(), .ptrace) }
            if case .run = specification.aim, emulator == nil { try lines.offer(clinux_watch_paths()) }
            let options =
                specification.aim == .start && emulator != nil ? ["-g", "\(Observation.debuggerPort)"] : []
            try user.execute(specification.words, emulator: emulator, options: options)
            lines.news.write(LaunchFailure.refused(errno).encoded)
        } catch {
            lines.news.write(LaunchFailure.setUp("\(error)").encoded)
        }
        _exit(1)
    }
}

/// The pipes between a trial and its container.
struct ContainerLines {
    /// What went wrong before exec, which closes it; before that, a descriptor that reports file system calls.
    let news: Pipe
    /// What the program writes.
    let output: Pipe
    /// A byte for the container once it is watched.
    let permission: Pipe

    func closeFarEnds() {
        news.closeWriting()
        output.closeWriting()
    }

    /// Connects the program: it reads nothing, and writes into the pipe.
    func takeOverStandardStreams() throws(SystemCallError) {
        let empty = unsafe open("/dev/null", O_RDONLY)
        try check(empty, .write("/dev/null"))
        try check(dup2(empty, STDIN_FILENO), .dup2)
        if empty != STDIN_FILENO { close(empty) }
        try output.takeOver([STDOUT_FILENO, STDERR_FILENO])
    }

    /// Offers a descriptor to the other process, and waits until it has a copy. Does nothing if there is none.
    ///
    /// - Throws: If it has none: calls that nobody answers would wait for ever.
    func offer(_ descriptor: Int32) throws(SystemCallError) {
        guard descriptor >= 0 else { return }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        news.write(Array("w\(descriptor)".utf8))
        guard permission.readSome() == [1] else { throw SystemCallError(call: .seccomp, code: .permissionDenied) }
    }

    /// The copy of an offered descriptor; nil if the news are others, or it cannot be copied.
    func take(from child: pid_t, _ news: [UInt8]) -> Int32? {
        guard news.first == UInt8(ascii: "w"), let number = Int32(String(decoding: news.dropFirst(), as: UTF8.self))
        else { return nil }
        let copy = clinux_descriptor_of(child, number)
        permission.write([copy < 0 ? 0 : 1])
        return copy < 0 ? nil : copy
    }
}
