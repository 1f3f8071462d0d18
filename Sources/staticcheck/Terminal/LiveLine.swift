/// A line on standard error that tells how far work on many files is, redrawn in place; nothing where that is no terminal.
struct LiveLine: Sendable {
    private let clock = ContinuousClock()
    private let isLive = Terminal.Stream.error.isTerminal
    private var next: ContinuousClock.Instant
    private var isShown = false

    /// Shows nothing for the first moment: what is done by then needs no word.
    init() { next = clock.now + .milliseconds(300) }

    /// Shows a text in place of the last one, five times a second at the most.
    mutating func show(_ text: @autoclosure () -> String) {
        guard isLive, clock.now >= next else { return }
        next = clock.now + .milliseconds(200)
        isShown = true
        // Back to the first column, and nothing behind the text (ECMA-48, EL).
        Terminal.write("\r\(text().prefix(max(1, Terminal.size.columns - 1)))\u{1b}[K", to: .error)
    }

    /// Takes the line away.
    mutating func clear() {
        if isShown { Terminal.write("\r\u{1b}[K", to: .error) }
        isShown = false
    }
}
