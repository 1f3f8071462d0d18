import GoToolchain
import Reporting
import Workflows

/// Shows what each step of a matrix is doing: redrawn in place on a terminal, else a line for each change.
actor Progress {
    private let clock = ContinuousClock()
    private let isLive: Bool
    private let isQuiet: Bool
    private var view = ProgressView(labels: [])
    /// How wide each drawn line is.
    private var drawn: [Int] = []
    private var ticker: Task<Void, Never>?

    init(isQuiet: Bool) {
        self.isQuiet = isQuiet
        isLive = !isQuiet && Terminal.Stream.error.isTerminal
    }

    /// Begins to redraw, on a terminal.
    func start(_ steps: [BuildStep]) {
        view = ProgressView(labels: ProgressView.labels(of: steps))
        view.begin(at: clock.now)
        guard isLive else { return }
        ticker = Task { [weak self] in
            while !Task.isCancelled {
                await self?.draw()
                try? await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    /// Stops redrawing, clears what was drawn, because the report says it all, and names the slowest steps.
    func stop() {
        ticker?.cancel()
        ticker = nil
        clear()
        if !isQuiet, let slowest = view.slowest { Terminal.write("slowest: \(slowest)\n", to: .error) }
    }

    func set(_ step: Int, _ phase: BuildPhase) {
        view.set(step, phase, at: clock.now)
        guard !isLive, !isQuiet, phase != .verifying, let line = view.line(of: step) else { return }
        Terminal.write(line + "\n", to: .error)
    }

    /// Counts a compiled package.
    func compiled(_ step: Int) { view.count(step) }

    private func draw() {
        guard ticker != nil else { return }
        let size = Terminal.size
        let lines = view.lines(width: size.columns, height: size.rows, at: clock.now)
        // One write, so that nothing half-drawn is seen.
        Terminal.write(cursorUp + lines.map { $0 + "\n" }.joined(), to: .error)
        drawn = lines.map(\.count)
    }

    private func clear() {
        Terminal.write(cursorUp, to: .error)
        drawn = []
    }

    /// Moves to the first drawn line and clears everything below (ECMA-48, CUU and ED). A terminal that became narrower has
    /// wrapped the longer lines.
    private var cursorUp: String {
        let columns = Terminal.size.columns
        let rows = drawn.map { max(1, ($0 + columns - 1) / columns) }.reduce(0, +)
        return rows > 0 ? "\u{1b}[\(rows)A\u{1b}[J" : ""
    }
}
