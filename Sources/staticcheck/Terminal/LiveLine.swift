import Synchronization

/// A line that tells how far work is, redrawn in place. Shown only if standard error is a terminal.
final class LiveLine: Sendable {
    private struct State {
        var next: ContinuousClock.Instant
        var isShown = false
    }

    private let clock = ContinuousClock()
    private let isLive: Bool
    private let state: Mutex<State>

    /// Shows nothing for the first 300 ms, because short runs end within them.
    init(isLive: Bool) {
        self.isLive = isLive
        state = Mutex(State(next: clock.now + .milliseconds(300)))
    }

    /// Replaces the shown text, at most five times a second.
    func show(_ text: @autoclosure () -> String) {
        guard isLive else { return }
        state.withLock { state in
            guard clock.now >= state.next else { return }
            state.next = clock.now + .milliseconds(200)
            state.isShown = true
            // Moves to the first column, and clears the line after the text (ECMA-48, EL).
            Terminal.draw("\r\(text().prefix(max(1, Terminal.size.columns - 1)))\u{1b}[K")
        }
    }

    /// Removes the line.
    func clear() {
        state.withLock { state in
            if state.isShown { Terminal.draw("\r\u{1b}[K") }
            state.isShown = false
        }
    }
}
