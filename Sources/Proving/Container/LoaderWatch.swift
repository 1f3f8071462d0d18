internal import Glibc
internal import Verification

/// Watches a program whose own loader runs: what it writes, the memory it uses, and the time.
struct LoaderWatch {
    let child: pid_t
    let starter: Starter
    private var output: ProgramOutput
    private var memory: MemoryWatch
    private var emulator: StuckEmulator
    private let end = ContinuousClock.now + .seconds(LoaderWatch.secondsToLoad)

    private static let secondsToLoad = 10

    /// Why the watch ends before there is news.
    private enum Interruption: Error {
        case overtime
    }

    init(child: pid_t, output: Pipe, starter: Starter) {
        self.child = child
        self.starter = starter
        self.output = ProgramOutput(output)
        memory = MemoryWatch(of: child)
        emulator = StuckEmulator(of: child)
    }

    /// Watches while a loader is followed.
    ///
    /// - Parameter follow: Follows it; it must wait by ``wait(for:)`` alone.
    mutating func proof(_ follow: (inout LoaderWatch) throws -> Proof) throws -> Proof {
        do {
            return try follow(&self)
        } catch Interruption.overtime {
            let said = ProcessChange.quote(output.bytes)
            return Proof(
                .refused, by: starter.name,
                detail: "its loader did not end within \(LoaderWatch.secondsToLoad) s\(said)")
        } catch let excess as MemoryWatch.Excess {
            return Proof(excess.outcome, by: starter.name, detail: excess.words)
        }
    }

    /// Waits for news.
    ///
    /// - Throws: If the time is up, or the memory is exceeded; what `news` throws.
    mutating func wait<News>(for news: (inout LoaderWatch) throws -> News?) throws -> News {
        while ContinuousClock.now < end {
            if let found = try news(&self) { return found }
            output.read(waiting: 10)
            if let excess = memory.excess() { throw excess }
        }
        throw Interruption.overtime
    }

    /// Waits until the program stops or ends.
    mutating func nextChange() throws -> ProcessChange {
        try wait { watch in
            var status: Int32 = 0
            let changed = unsafe waitpid(watch.child, &status, WNOHANG)
            try check(changed, .waitpid)
            if changed == watch.child { return ProcessChange(waitStatus: status) }
            return watch.starter == .kernel ? nil : watch.emulator.end(after: watch.output)
        }
    }

    /// The result of a program that has ended, or that has got through its loader.
    mutating func proof(_ change: ProcessChange) -> Proof {
        output.readRest(until: end)
        return change.proof(.start, by: starter.name, output: output.bytes)
    }
}
