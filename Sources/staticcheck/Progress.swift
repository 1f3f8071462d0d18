import GoBinary
import Reporting

/// What each platform of a matrix is doing: redrawn in place on a terminal, a line for each change elsewhere.
actor Progress {
    enum Phase: Sendable, Equatable {
        case waiting, building, verifying
        case done(String)

        var word: String {
            switch self {
            case .waiting: "waiting"
            case .building: "building"
            case .verifying: "verifying"
            case .done(let word): word
            }
        }
    }

    private let clock = ContinuousClock()
    private let isLive = Terminal.Stream.error.isTerminal
    private let platforms: [Platform]
    private var phases: [Platform: (phase: Phase, start: ContinuousClock.Instant?, time: Duration?)] = [:]
    private var drawnLines = 0
    private var ticker: Task<Void, Never>?

    init(_ platforms: [Platform]) { self.platforms = platforms }

    /// Begins to redraw, on a terminal.
    func start() {
        guard isLive else { return }
        ticker = Task { [weak self] in
            while !Task.isCancelled {
                await self?.draw()
                try? await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    /// Ends the redrawing, and clears what was drawn: the report says it all.
    func stop() {
        ticker?.cancel()
        ticker = nil
        clear()
    }

    func set(_ platform: Platform, _ phase: Phase) {
        let now = clock.now
        let start = phases[platform]?.start ?? now
        var time: Duration?
        if case .done = phase { time = now - start }
        phases[platform] = (phase, start, time)
        guard !isLive, phase != .verifying else { return }
        let suffix = time.map { " (\(Quantity.seconds($0)))" } ?? ""
        Terminal.write("\(platform): \(phase.word)\(suffix)\n", to: .error)
    }

    private func draw() {
        guard ticker != nil else { return }
        let rows = platforms.map { platform -> [String] in
            guard let state = phases[platform], let start = state.start else {
                return [platform.description, "waiting", ""]
            }
            return [platform.description, state.phase.word, Quantity.seconds(state.time ?? clock.now - start)]
        }
        let lines = TextTable.render(rows, rightAligned: [2]).split(separator: "\n").map {
            $0.prefix(Terminal.width - 1)
        }
        clear()
        Terminal.write(lines.joined(separator: "\n") + "\n", to: .error)
        drawnLines = lines.count
    }

    private func clear() {
        guard drawnLines > 0 else { return }
        Terminal.write("\u{1b}[\(drawnLines)A\u{1b}[J", to: .error)
        drawnLines = 0
    }
}
