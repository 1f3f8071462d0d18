import Reporting
import Synchronization
import Workflows

/// Shows on standard error what a run tells.
final class TerminalListener: Listener {
    private let isQuiet: Bool
    private let isVerbose: Bool
    private let line = Mutex(LiveLine())
    private let matrix: Progress

    init(isQuiet: Bool = false, isVerbose: Bool = false) {
        self.isQuiet = isQuiet
        self.isVerbose = isVerbose
        matrix = Progress(isQuiet: isQuiet)
    }

    func note(_ line: String) {
        if !isQuiet { Terminal.write(line + "\n", to: .error) }
    }

    func detail(_ line: String) {
        if isVerbose { Terminal.write(line + "\n", to: .error) }
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
        Terminal.write(report.text(colour: usesColour) + "\n", to: .error)
    }
}
