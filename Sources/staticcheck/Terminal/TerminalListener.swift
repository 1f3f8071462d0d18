import Reporting
import Synchronization
import Workflows

/// Shows the notes and the progress of a run on standard error.
final class TerminalListener: Listener {
    private let isQuiet: Bool
    private let isVerbose: Bool
    private let showsNotes: Bool
    private let line = Mutex(LiveLine())
    private let matrix: Progress

    init(isQuiet: Bool = false, isVerbose: Bool = false, showsNotes: Bool = false) {
        self.isQuiet = isQuiet
        self.isVerbose = isVerbose
        self.showsNotes = showsNotes
        matrix = Progress(isQuiet: isQuiet)
    }

    func note(_ line: String) {
        if !isQuiet { Terminal.say(line) }
    }

    func detail(_ line: String) {
        if isVerbose { Terminal.say(line) }
    }

    func files(_ progress: FileProgress) {
        line.withLock { line in
            switch progress {
            case .searched(let count): line.show("\(count) files searched")
            case .started(let count, let all): line.show("\(count) of \(all) programs and libraries")
            case .ended: line.clear()
            }
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
        let usesColour = ColourChoice.auto.applies(to: .error, in: Surroundings.context(self))
        // The report escapes what comes from outside, and has colours of its own.
        Terminal.draw(report.text(colour: usesColour, showsNotes: showsNotes) + "\n")
    }
}
