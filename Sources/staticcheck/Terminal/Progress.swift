import GoToolchain
import Reporting

/// What each step of a matrix is doing: redrawn in place on a terminal, a line for each change elsewhere.
actor Progress {
    private let clock = ContinuousClock()
    private let isLive: Bool
    private let isQuiet: Bool
    private var view: ProgressView
    /// How wide each drawn line is.
    private var drawn: [Int] = []
    private var ticker: Task<Void, Never>?

    init(_ steps: [BuildStep], isQuiet: Bool) {
        self.isQuiet = isQuiet
        isLive = !isQuiet && Terminal.Stream.error.isTerminal
        view = ProgressView(labels: ProgressView.labels(of: steps))
    }

    /// Begins to redraw, on a terminal.
    func start() {
        view.begin(at: clock.now)
        guard isLive else { return }
        ticker = Task { [weak self] in
            while !Task.isCancelled {
                await self?.draw()
                try? await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    /// Ends the redrawing, clears what was drawn, for the report says it all, and names the slowest steps.
    func stop() {
        ticker?.cancel()
        ticker = nil
        clear()
        if !isQuiet, let slowest = view.slowest { Terminal.write("slowest: \(slowest)\n", to: .error) }
    }

    func set(_ step: Int, _ phase: ProgressView.Phase) {
        view.set(step, phase, at: clock.now)
        guard !isLive, !isQuiet, phase != .verifying, let line = view.line(of: step) else { return }
        Terminal.write(line + "\n", to: .error)
    }

    /// Counts a package that is compiled for a step.
    func compiled(_ step: Int) { view.count(step) }

    private func draw() {
        guard ticker != nil else { return }
        let size = Terminal.size
        let lines = view.lines(width: size.columns, height: size.rows, at: clock.now)
        // One write, so that no half-drawn picture is seen.
        Terminal.write(cursorUp + lines.map { $0 + "\n" }.joined(), to: .error)
        drawn = lines.map(\.count)
    }

    private func clear() {
        Terminal.write(cursorUp, to: .error)
        drawn = []
    }

    /// Back to the first drawn line, and nothing below it (ECMA-48, CUU and ED); a terminal that has become narrower since
    /// has broken the longer ones.
    private var cursorUp: String {
        let columns = Terminal.size.columns
        let rows = drawn.map { max(1, ($0 + columns - 1) / columns) }.reduce(0, +)
        return rows > 0 ? "\u{1b}[\(rows)A\u{1b}[J" : ""
    }
}
