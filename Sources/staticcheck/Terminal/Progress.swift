import GoToolchain
import Reporting
import Synchronization
import Workflows

/// Shows what each step of a matrix is doing: redrawn in place on a terminal, else one line for each change.
actor Progress {
    private let clock = ContinuousClock()
    private let isLive: Bool
    private let isQuiet: Bool
    private let heartbeat: Heartbeat
    private let say: @Sendable (String) -> Void
    /// The heartbeat reads it from another thread.
    private nonisolated let view = Mutex(ProgressView(labels: []))
    /// The width of each line that is on the screen.
    private var drawn: [Int] = []
    private var ticker: Task<Void, Never>?

    init(isQuiet: Bool, isLive: Bool, heartbeat: Heartbeat, say: @escaping @Sendable (String) -> Void) {
        self.isQuiet = isQuiet
        self.isLive = !isQuiet && isLive
        self.heartbeat = heartbeat
        self.say = say
    }

    /// Begins to redraw, on a terminal.
    func start(_ steps: [BuildStep]) { start(labels: ProgressView.labels(of: steps)) }

    /// Begins with steps of these names.
    func start(labels: [String]) {
        view.withLock { view in
            view = ProgressView(labels: labels)
            view.begin(at: clock.now)
        }
        guard isLive else {
            heartbeat.begin("matrix", at: clock.now) { [weak self] now in self?.view.withLock { $0.running(at: now) } }
            return
        }
        ticker = Task { [weak self] in
            while !Task.isCancelled {
                await self?.draw()
                try? await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    /// Stops redrawing, clears the lines, because the report follows, and names the slowest steps.
    func stop() {
        ticker?.cancel()
        ticker = nil
        clear()
        heartbeat.end("matrix")
        if !isQuiet, let slowest = view.withLock({ $0.slowest }) { say("slowest: \(slowest)") }
    }

    func set(_ step: Int, _ phase: BuildPhase) {
        let now = clock.now
        let line = view.withLock { view in
            view.set(step, phase, at: now)
            return view.line(of: step)
        }
        guard !isLive, !isQuiet, phase != .verifying, let line else { return }
        heartbeat.heard(at: now)
        say(line)
    }

    /// Counts a compiled package.
    func compiled(_ step: Int) { view.withLock { $0.count(step) } }

    private func draw() {
        guard ticker != nil else { return }
        let size = Terminal.size
        let lines = view.withLock { $0.lines(width: size.columns, height: size.rows, at: clock.now) }
        // One write, so that no half-drawn lines are seen.
        Terminal.draw(cursorUp + lines.map { $0 + "\n" }.joined())
        drawn = lines.map(\.count)
    }

    private func clear() {
        Terminal.draw(cursorUp)
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
