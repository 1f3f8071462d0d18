import Reporting
import Synchronization

/// Says every so often that long work goes on, so that nobody takes a log that stands still for a run that hangs.
///
/// The main thread, which has nothing else to do, calls ``beatTheCurrent()`` every second. A task could not: when every thread is
/// reading or compressing files, none is left for it.
final class Heartbeat: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// What is going on, in words that follow `still`, at some time; nil if there is nothing to say.
    typealias Words = @Sendable (Instant) -> String?

    private struct State {
        var works: [(name: String, words: Words)] = []
        var lastLine: Instant
    }

    private let interval: Duration
    private let say: @Sendable (String) -> Void
    private let state: Mutex<State>

    private static let current = Mutex<Heartbeat?>(nil)

    /// Makes a heartbeat.
    ///
    /// - Parameters:
    ///   - interval: How long nothing may be said.
    ///   - now: The time at which it begins.
    ///   - say: Receives what is going on.
    init(every interval: Duration, at now: Instant = ContinuousClock().now, say: @escaping @Sendable (String) -> Void) {
        self.interval = interval
        self.say = say
        state = Mutex(State(lastLine: now))
    }

    /// Work begins. While some goes on, this is the current heartbeat.
    func begin(_ name: String, at now: Instant = ContinuousClock().now, _ words: @escaping Words) {
        state.withLock { state in
            if state.works.isEmpty { state.lastLine = now }
            state.works.removeAll { $0.name == name }
            state.works.append((name, words))
        }
        Heartbeat.current.withLock { $0 = self }
    }

    /// Work has ended.
    func end(_ name: String) { state.withLock { state in state.works.removeAll { $0.name == name } } }

    /// Something else was printed.
    func heard(at now: Instant = ContinuousClock().now) { state.withLock { $0.lastLine = now } }

    /// Says what is going on if nothing was said for too long.
    func beat(at now: Instant = ContinuousClock().now) {
        let lines = state.withLock { state -> [String] in
            guard now - state.lastLine >= interval else { return [] }
            let lines = state.works.compactMap { $0.words(now) }
            if !lines.isEmpty { state.lastLine = now }
            return lines
        }
        lines.forEach(say)
    }

    /// Lets the heartbeat of the running work beat.
    static func beatTheCurrent() { current.withLock { $0 }?.beat() }
}
