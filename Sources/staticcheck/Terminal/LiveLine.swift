/// A progress line for work on many files, redrawn in place. Shown only if standard error is a terminal.
struct LiveLine: Sendable {
    private let clock = ContinuousClock()
    private let isLive = Terminal.Stream.error.isTerminal
    private var next: ContinuousClock.Instant
    private var isShown = false

    /// Shows nothing for the first 300 ms, because short runs end within them.
    init() { next = clock.now + .milliseconds(300) }

    /// Replaces the shown text, at most five times a second.
    mutating func show(_ text: @autoclosure () -> String) {
        guard isLive, clock.now >= next else { return }
        next = clock.now + .milliseconds(200)
        isShown = true
        // Moves to the first column, and clears the line after the text (ECMA-48, EL).
        Terminal.draw("\r\(text().prefix(max(1, Terminal.size.columns - 1)))\u{1b}[K")
    }

    /// Removes the line.
    mutating func clear() {
        if isShown { Terminal.draw("\r\u{1b}[K") }
        isShown = false
    }
}
