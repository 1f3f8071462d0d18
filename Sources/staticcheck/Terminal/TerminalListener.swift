import Reporting
import Synchronization
import Text
import Workflows

/// Shows the notes and the progress of a run on standard error: redrawn in place on a terminal, and as lines in a log.
final class TerminalListener: Listener {
    private let isQuiet: Bool
    private let isVerbose: Bool
    private let showsNotes: Bool
    private let isLive: Bool
    private let say: @Sendable (String) -> Void
    private let line: LiveLine
    private let heartbeat: Heartbeat
    private let matrix: Progress
    /// The text for the last progress on files.
    private let files = Mutex<String?>(nil)

    /// Makes a listener.
    ///
    /// - Parameters:
    ///   - isQuiet: Whether nothing is shown but the report of a failed check.
    ///   - isVerbose: Whether details are shown.
    ///   - showsNotes: Whether a report has the notes of the rules.
    ///   - isLive: Whether standard error is a terminal.
    ///   - silence: How long nothing may be said in a log while work goes on.
    ///   - say: Prints a line.
    init(
        isQuiet: Bool = false, isVerbose: Bool = false, showsNotes: Bool = false,
        isLive: Bool = Terminal.Stream.error.isTerminal, silence: Duration = .seconds(30),
        say: @escaping @Sendable (String) -> Void = { Terminal.say($0) }
    ) {
        self.isQuiet = isQuiet
        self.isVerbose = isVerbose
        self.showsNotes = showsNotes
        self.isLive = isLive
        self.say = say
        let line = LiveLine(isLive: isLive && !isQuiet)
        self.line = line
        // A terminal shows every second what is going on.
        heartbeat =
            isLive
            ? Heartbeat(every: .seconds(1)) { line.show($0) }
            : Heartbeat(every: silence) { if !isQuiet { say("still \($0)") } }
        matrix = Progress(isQuiet: isQuiet, isLive: isLive, heartbeat: heartbeat, say: say)
    }

    func note(_ line: String) {
        guard !isQuiet else { return }
        self.line.clear()
        heartbeat.heard()
        say(line)
    }

    func detail(_ line: String) {
        guard isVerbose else { return }
        self.line.clear()
        heartbeat.heard()
        say(line)
    }

    func files(_ progress: FileProgress) {
        let text: String
        switch progress {
        case .searched(let count): text = "\(count.counted("file")) searched"
        case .started(let count, let all):
            text = "\(count) of \(all.counted("program or library", plural: "programs and libraries"))"
        case .ended:
            heartbeat.end("files")
            line.clear()
            return files.withLock { $0 = nil }
        }
        line.show(text)
        let isFirst = files.withLock { known in
            defer { known = text }
            return known == nil
        }
        // On a terminal, the line is redrawn for each file.
        guard isFirst, !isLive else { return }
        let start = ContinuousClock().now
        heartbeat.begin("files", at: start) { [weak self] now in
            self?.files.withLock { $0 }.map { "reading files: \(Quantity.roughly(now - start)), \($0)" }
        }
    }

    func activity(_ activity: Activity) {
        switch activity {
        case .began(let words):
            let start = ContinuousClock().now
            heartbeat.begin(words, at: start) { "\(words): \(Quantity.roughly($0 - start))" }
        case .ended(let words):
            heartbeat.end(words)
            line.clear()
        }
    }

    func matrix(_ event: MatrixEvent) async {
        switch event {
        case .began(let steps): await matrix.start(steps)
        case .changed(let step, let phase): await matrix.set(step, phase)
        case .compiled(let step): await matrix.compiled(step)
        case .ended: await matrix.stop()
        }
    }

    func checked(_ report: Report) {
        guard !isQuiet || report.exitCode != 0 else { return }
        line.clear()
        let usesColour = ColourChoice.auto.applies(to: .error, in: Surroundings.context(self))
        // The report escapes what comes from outside, and has colours of its own.
        Terminal.draw(report.text(colour: usesColour, showsNotes: showsNotes) + "\n")
    }
}
