internal import CLinux
internal import Glibc
internal import Verification

/// Watches a running container: what it writes, whether it answers, whether it ends when it is asked to.
struct ContainerWatch {
    let child: pid_t
    let lines: ContainerLines
    let starter: Starter
    let conditions: ContainerSpecification.Conditions
    var questions: ProbeQuestions

    private var output: ProgramOutput
    private var files: FileWatch?
    private var memory: MemoryWatch
    private var emulator: StuckEmulator
    private let parent = getppid()

    /// How long the root may take to be laid, in seconds.
    private static let secondsToLaunch = 120

    init(
        child: pid_t, lines: ContainerLines, starter: Starter, conditions: ContainerSpecification.Conditions,
        questions: ProbeQuestions
    ) {
        self.child = child
        self.lines = lines
        self.starter = starter
        self.conditions = conditions
        self.questions = questions
        output = ProgramOutput(lines.output)
        memory = MemoryWatch(of: child)
        emulator = StuckEmulator(of: child)
    }

    /// Why the watch ends before its time.
    private enum Interruption: Error {
        case ended(ProcessChange)
        case parentIsGone
    }

    /// Watches until the program has ended, or did not do what was asked.
    mutating func proof() throws -> Proof {
        if let failure = try launch() { return failure.proof(by: starter.name) }
        let start = ContinuousClock.now
        do {
            try wait(seconds: conditions.secondsToAnswer) { questions throws(SystemCallError) in
                try questions.proceed(since: start)
                return questions.areAsked && questions.areAnswered
            }
        } catch Interruption.ended(let change) {
            questions.giveUp(since: start)
            return ended(change)
        } catch let excess as MemoryWatch.Excess {
            questions.giveUp(since: start)
            return proof(excess.outcome, excess.words)
        }
        guard questions.areAnswered else {
            questions.giveUp(since: start)
            return proof(
                .unanswered, "no answer within \(conditions.secondsToAnswer) s\(ProcessChange.quote(output.bytes))")
        }
        let words = questions.areAsked ? "answered" : "still running after \(conditions.secondsToAnswer) s"
        let stop = try self.stop()
        return proof(questions.areAsked ? .answered : .stillRunning, words + ProcessChange.quote(output.bytes), stop)
    }

    private func proof(_ outcome: Proof.Outcome, _ detail: String, _ stop: Proof.Stop? = nil) -> Proof {
        Proof(
            outcome, by: starter.name, detail: detail, answers: questions.areAsked ? questions.answers : nil,
            stop: stop,
            missing: files.map { $0.missing.sorted() })
    }

    private func ended(_ change: ProcessChange) -> Proof {
        let own = change.proof(.run([]), by: starter.name, output: output.bytes)
        guard questions.areAsked, own.outcome == .ran || own.outcome == .failed else {
            return proof(own.outcome, own.detail ?? "")
        }
        return proof(.failed, "it ended before it answered: \(own.detail ?? "")")
    }

    // MARK: Phases

    /// Waits for exec. The descriptor that reports file system calls arrives before it.
    private mutating func launch() throws -> LaunchFailure? {
        let end = ContinuousClock.now + .seconds(ContainerWatch.secondsToLaunch)
        var news: [UInt8] = []
        while ContinuousClock.now < end {
            files?.proceed()
            guard lines.news.hasInput(waiting: 1) else { continue }
            guard let bytes = lines.news.readSome(), !bytes.isEmpty else { return LaunchFailure(news) }
            if let descriptor = lines.take(from: child, bytes) {
                files = FileWatch(descriptor, root: "/proc/\(child)/root")
            } else if bytes.first != UInt8(ascii: "w") {
                news += bytes
            }
        }
        return .setUp("the root was not laid within \(ContainerWatch.secondsToLaunch) s")
    }

    /// Asks the program to end, and waits for that.
    private mutating func stop() throws -> Proof.Stop {
        let start = ContinuousClock.now
        kill(child, conditions.stopSignal)
        let signal = KernelName.short(conditions.stopSignal)
        do {
            try wait(seconds: conditions.secondsToStop) { (_) throws(SystemCallError) in false }
            return .init(signal: signal, milliseconds: start.milliseconds, ending: nil)
        } catch Interruption.ended(let change) {
            return .init(signal: signal, milliseconds: start.milliseconds, ending: change.words)
        } catch is MemoryWatch.Excess {
            return .init(signal: signal, milliseconds: start.milliseconds, ending: nil)
        }
    }

    /// Looks after the container until a condition holds or the time is up.
    ///
    /// - Throws: `Interruption`, `MemoryWatch.Excess`.
    private mutating func wait(
        seconds: Double, _ isDone: (inout ProbeQuestions) throws(SystemCallError) -> Bool
    ) throws {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            lookAfter()
            var status: Int32 = 0
            let ended = unsafe waitpid(child, &status, WNOHANG)
            try check(ended, .waitpid)
            if ended == child {
                output.readRest(until: end)
                throw Interruption.ended(ProcessChange(waitStatus: status))
            }
            if starter != .kernel, let end = emulator.end(after: output) { throw Interruption.ended(end) }
            if let excess = memory.excess() { throw excess }
            // A parent that was killed cannot end this process.
            guard getppid() == parent else { throw Interruption.parentIsGone }
            if try isDone(&questions) { return }
        }
    }

    /// Reads output and answers file system calls for a hundredth of a second.
    private mutating func lookAfter() {
        let end = ContinuousClock.now + .milliseconds(10)
        repeat {
            let isBusy = files?.proceed() ?? false
            output.read(waiting: isBusy ? 0 : 1)
        } while ContinuousClock.now < end
    }
}

extension ProcessChange {
    /// `exit code 2`, or the name of the signal.
    var words: String {
        switch self {
        case .exited(let code): "exit code \(code)"
        case .killed(let signal), .stopped(let signal): KernelName.signal(signal)
        }
    }
}
