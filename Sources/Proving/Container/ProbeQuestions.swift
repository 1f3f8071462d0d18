internal import CLinux
internal import Glibc
internal import Verification

/// Asks a running program until it has answered all probes. A process for each attempt asks, because an attempt may wait.
struct ProbeQuestions {
    private let user: ContainerUser
    private let container: pid_t
    private let emulator: Int32?
    private var open: [Probe]
    private var attempt: Attempt?
    private var lastFailure = "not asked"
    private var nextAttempt = ContinuousClock.now
    private var failedForks = 0
    /// The answers so far, in the order of the probes.
    private(set) var answers: [Proof.Answer] = []

    private struct Attempt {
        let process: pid_t
        let reply: Pipe
        let end: ContinuousClock.Instant
    }

    /// The exit code of an attempt that says why there is no answer.
    private static let noAnswer: Int32 = 254
    /// How long one attempt may take, and the pause between two.
    private static let secondsForAttempt = 2
    private static let pause = Duration.milliseconds(50)
    /// How many times in a row a process for an attempt may be refused.
    private static let forkLimit = 20

    init(_ probes: [Probe], user: ContainerUser, container: pid_t, emulator: Int32?) {
        open = probes
        self.user = user
        self.container = container
        self.emulator = emulator
    }

    /// Whether there was a probe, and whether all are answered.
    var areAsked: Bool { !open.isEmpty || !answers.isEmpty }
    var areAnswered: Bool { open.isEmpty }

    /// Begins an attempt, or looks at the one that was begun. Does not wait.
    mutating func proceed(since start: ContinuousClock.Instant) throws(SystemCallError) {
        guard let probe = open.first else { return }
        guard let attempt else {
            if ContinuousClock.now >= nextAttempt { try begin(probe) }
            return
        }
        var status: Int32 = 0
        let ended = unsafe waitpid(attempt.process, &status, WNOHANG)
        guard ended != 0 || ContinuousClock.now >= attempt.end else { return }
        let failure = ended == 0 ? "no answer within \(ProbeQuestions.secondsForAttempt) s" : reply(attempt, status)
        end()
        guard let failure else {
            answers.append(.init(probe: probe.text, milliseconds: start.milliseconds, failure: nil))
            open.removeFirst()
            return
        }
        lastFailure = failure
        nextAttempt = .now + ProbeQuestions.pause
    }

    /// Gives the probe that is still open a last failure.
    mutating func giveUp(since start: ContinuousClock.Instant) {
        end()
        guard let probe = open.first else { return }
        answers.append(.init(probe: probe.text, milliseconds: start.milliseconds, failure: lastFailure))
    }

    /// Ends the attempt that runs.
    mutating func end() {
        guard let attempt else { return }
        kill(attempt.process, SIGKILL)
        _ = waitpid(attempt.process, nil, 0)
        close(attempt.reply.reading)
        self.attempt = nil
    }

    /// Why an attempt that ended was no answer; nil if it was one.
    private func reply(_ attempt: Attempt, _ status: Int32) -> String? {
        let change = ProcessChange(waitStatus: status)
        guard change != .exited(code: 0) else { return nil }
        // What the program of a probe has started may still hold the pipe open.
        let words = attempt.reply.hasInput(waiting: 0) ? attempt.reply.readSome() ?? [] : []
        return change == .exited(code: ProbeQuestions.noAnswer)
            ? String(decoding: words, as: UTF8.self) : change.words + ProcessChange.quote(words)
    }

    private mutating func begin(_ probe: Probe) throws(SystemCallError) {
        let reply = try Pipe()
        let process = clinux_fork()
        // A namespace has no room for a process once its first one ends (pid_namespaces(7)). The caller learns of the end soon.
        if process < 0, errno == ENOMEM, failedForks < ProbeQuestions.forkLimit {
            failedForks += 1
            nextAttempt = .now + ProbeQuestions.pause
            reply.closeBoth()
            return
        }
        try check(process, .fork)
        failedForks = 0
        if process == 0 { ask(probe, reply) }
        reply.closeWriting()
        attempt = Attempt(process: process, reply: reply, end: .now + .seconds(ProbeQuestions.secondsForAttempt))
    }

    /// The child's side. It writes nothing if the program has answered.
    private func ask(_ probe: Probe, _ reply: Pipe) -> Never {
        _ = clinux_die_with_parent()
        do {
            switch probe {
            case .tcp(let port): close(try LoopbackConnection.open(port))
            case .http(let port, let path): try LoopbackConnection.get(path, port)
            case .execute(let words):
                try reply.takeOver([STDOUT_FILENO, STDERR_FILENO])
                try ContainerEntrance.enter(container)
                try user.become()
                try user.execute(words, emulator: emulator)
                reply.write(Array("exec fails with \(KernelName.error(errno))".utf8))
                _exit(ProbeQuestions.noAnswer)
            }
            _exit(0)
        } catch {
            reply.write(Array("\(error)".utf8))
            _exit(ProbeQuestions.noAnswer)
        }
    }
}

extension ContinuousClock.Instant {
    /// The time since then.
    var milliseconds: Int {
        let parts = (ContinuousClock.now - self).components
        return Int(parts.seconds) * 1000 + Int(parts.attoseconds / 1_000_000_000_000_000)
    }
}
