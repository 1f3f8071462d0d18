/// A line on standard error that shows how far work on many files is, redrawn in place; only if that is a terminal.
struct LiveLine: Sendable {
    private let clock = ContinuousClock()
    private let isLive = Terminal.Stream.error.isTerminal
    private var next: ContinuousClock.Instant
    private var isShown = false

    /// Shows nothing for the first 300 ms, in which short runs end.
    init() { next = clock.now + .milliseconds(300) }

    /// Replaces the shown text, at most five times a second.
    mutating func show(_ text: @autoclosure () -> String) {
        guard isLive, clock.now >= next else { return }
        next = clock.now + .milliseconds(200)
        isShown = true
        // Moves to the first column and clears what is behind the text (ECMA-48, EL).
        Terminal.write("\r\(text().prefix(max(1, Terminal.size.columns - 1)))\u{1b}[K", to: .error)
    }

    /// Removes the line.
    mutating func clear() {
        if isShown { Terminal.write("\r\u{1b}[K", to: .error) }
        isShown = false
    }
}
