import GoBinary
import GoToolchain
import Reporting
import Text
import Workflows

/// A running matrix as lines of text, for a terminal of any size.
struct ProgressView: Sendable {
    private struct Step {
        let label: String
        var phase = BuildPhase.waiting
        var packages = 0
        var start: ContinuousClock.Instant?
        var time: Duration?

        var isDone: Bool { time != nil }
        var isRunning: Bool { start != nil && time == nil }
    }

    /// How many running steps a line of a log names.
    private static let shown = 4

    private var steps: [Step]
    private var start: ContinuousClock.Instant?

    init(labels: [String]) { steps = labels.map { Step(label: $0) } }

    /// The platform of each step, with its programs if several steps have the same platform.
    static func labels(of steps: [BuildStep]) -> [String] {
        let counts = Dictionary(steps.map { ($0.platform, 1) }, uniquingKeysWith: +)
        return steps.map { step in
            guard counts[step.platform] ?? 0 > 1 else { return step.platform.description }
            return "\(step.platform) \(step.programs.map(\.name).joined(separator: ","))"
        }
    }

    mutating func begin(at now: ContinuousClock.Instant) { start = now }

    mutating func set(_ index: Int, _ phase: BuildPhase, at now: ContinuousClock.Instant) {
        steps[index].phase = phase
        if steps[index].start == nil { steps[index].start = now }
        if case .done = phase { steps[index].time = now - (steps[index].start ?? now) }
    }

    mutating func count(_ index: Int) { steps[index].packages += 1 }

    /// The state of a step, as a line of a log.
    func line(of index: Int) -> String? {
        let step = steps[index]
        let packages = step.isDone && step.packages > 0 ? ", \(step.packages.counted("package")) compiled" : ""
        return "\(step.label.printable): \(step.phase.word)"
            + (step.time.map { " (\(Quantity.seconds($0))\(packages))" } ?? "")
    }

    /// What each running step is doing, in words that follow `still`; nil if none is running.
    func running(at now: ContinuousClock.Instant) -> String? {
        let running = steps.filter(\.isRunning)
        guard !running.isEmpty else { return nil }
        let words = running.prefix(ProgressView.shown).map { step in
            let time = Quantity.roughly(now - (step.start ?? now))
            return "\(step.phase.activity(step.label.printable)): \(time)\(packages(of: step))"
        }
        let more = running.count > ProgressView.shown ? ["and \(running.count - ProgressView.shown) more"] : []
        let done = steps.count > 1 ? ["\(steps.count(where: \.isDone)) of \(steps.count) done"] : []
        return (words + more + done).joined(separator: "; ")
    }

    /// How many packages of a step are compiled, and how many those that are done had.
    private func packages(of step: Step) -> String {
        guard step.packages > 0 else { return "" }
        guard let each = packagesOfEach, Double(step.packages) < each else {
            return ", \(step.packages.counted("package"))"
        }
        return ", \(step.packages) of about \(Int(each.rounded()).counted("package"))"
    }

    /// The steps that took longest; nil if there are only a few.
    var slowest: String? {
        let done = steps.compactMap { step in step.time.map { (step.label, $0) } }
        guard done.count > 3 else { return nil }
        return done.sorted { $0.1 > $1.1 }.prefix(3).map { "\($0.printable) \(Quantity.seconds($1))" }
            .joined(separator: ", ")
    }

    /// A line for the whole, then as many steps as there is room for: running ones first.
    func lines(width: Int, height: Int, at now: ContinuousClock.Instant) -> [String] {
        let room = max(1, height - 2)
        let ordered = steps.filter(\.isRunning) + steps.filter(\.isDone).reversed() + steps.filter { $0.start == nil }
        let isWhole = steps.count <= room
        let shown = isWhole ? steps : Array(ordered.prefix(room - 1))
        let rows = shown.map { step in
            [
                step.label.printable, step.phase.word,
                step.packages > 0 ? width < 60 ? "\(step.packages)" : step.packages.counted("package") : "",
                step.start.map { Quantity.seconds(step.time ?? now - $0) } ?? "",
            ]
        }
        let table = TextTable.render(rows, rightAligned: [3]).split(separator: "\n").map(String.init)
        let rest = isWhole ? [] : ["and \(steps.count - shown.count) more"]
        return ([summary(at: now)] + table + rest).map { String($0.prefix(max(1, width - 1))) }
    }

    private func summary(at now: ContinuousClock.Instant) -> String {
        let elapsed = start.map { now - $0 } ?? .zero
        let done = steps.count(where: \.isDone)
        let estimate = left(at: now).map { ", about \(Quantity.roughly($0)) left" } ?? ""
        return "\(done) of \(steps.count) done, \(Quantity.seconds(elapsed))\(estimate)"
    }

    /// The time that is left, if the other steps have as many packages as those that are done, at the pace so far; nil if
    /// nothing is known, or if the estimate has run out. The elapsed time then says more than a zero.
    private func left(at now: ContinuousClock.Instant) -> Duration? {
        guard let start, let each = packagesOfEach, steps.contains(where: { !$0.isDone }) else { return nil }
        let compiled = steps.map { min(Double($0.packages), each) }.reduce(0, +)
        guard compiled >= 1 else { return nil }
        let left = (now - start) * max(0, each * Double(steps.count) - compiled) / compiled
        return left < .milliseconds(500) ? nil : left
    }

    /// The number of packages that a step had, on average of those that are done; nil if none or nothing is known of them.
    private var packagesOfEach: Double? {
        let done = steps.filter(\.isDone)
        guard !done.isEmpty else { return nil }
        let each = Double(done.map(\.packages).reduce(0, +)) / Double(done.count)
        return each < 1 ? nil : each
    }
}

extension BuildPhase {
    /// The phase with the step that is in it.
    fileprivate func activity(_ label: String) -> String {
        switch self {
        case .waiting: "waiting for \(label)"
        case .building: "building \(label)"
        case .rebuilding: "building \(label) again"
        case .verifying: "verifying \(label)"
        case .done: "finishing \(label)"
        }
    }

    /// The phase as it is shown.
    fileprivate var word: String {
        switch self {
        case .waiting: "waiting"
        case .building: "building"
        case .rebuilding: "building again"
        case .verifying: "verifying"
        case .done(let word): word
        }
    }
}
