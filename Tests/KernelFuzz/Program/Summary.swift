/// Counts what was seen, and shows it as Markdown tables.
struct Summary {
    /// Where a program stopped that was called ready.
    enum Stage: String, CaseIterable {
        case refused = "exec error"
        case killedInExec = "killed in exec"
        case notFetched = "first instruction not fetched"
        case firstInstruction = "first instruction failed"
        /// The same, and a warning says that the section headers are damaged, which alone say where the code begins.
        case warned = "first instruction failed, with a warning"
        case later = "later"

        /// Whether rules that read headers must have refused the file.
        var isShownByHeaders: Bool { self != .later && self != .warned }

        init?(_ outcome: Outcome, _ opinion: Opinion) {
            switch outcome {
            case .completed: return nil
            case .refused: self = .refused
            case .killedInExec: self = .killedInExec
            case .diedAtEntry(_, .fetch): self = .notFetched
            case .diedAtEntry: self = opinion.warnsOfDamage ? .warned : .firstInstruction
            case .failed: self = .later
            }
        }
    }

    struct Refusal: Hashable {
        let reason: Opinion.Reason
        let kind: String
    }

    private(set) var total = 0
    private var readyAndCompleted = 0
    private var refusedAndFailed = 0
    private var refusedAndCompleted = 0
    private var failures: [String: [Stage: Int]] = [:]
    private var causes: [Outcome: Int] = [:]
    private var refusals: [Refusal: Int] = [:]

    /// How many programs that were called ready did not reach their second instruction, though their headers show why.
    var earlyFailures: Int { count { $0.isShownByHeaders } }

    private func count(_ isCounted: (Stage) -> Bool) -> Int {
        failures.values.reduce(0) { $0 + $1.filter { isCounted($0.key) }.values.reduce(0, +) }
    }

    /// The findings that refused programs which do their work, and for which no reason is recorded.
    var unexplained: [Opinion.Reason] {
        Set(refusals.keys.map(\.reason)).filter { RefusalReasons.reason(for: $0) == nil }.sorted()
    }

    mutating func add(_ mutant: Mutant, _ opinion: Opinion, _ outcome: Outcome) {
        total += 1
        switch (opinion.isReady, Stage(outcome, opinion)) {
        case (true, nil): readyAndCompleted += 1
        case (true, let stage?):
            failures[mutant.kind, default: [:]][stage, default: 0] += 1
            causes[outcome, default: 0] += 1
        case (false, nil):
            refusedAndCompleted += 1
            for reason in opinion.reasons { refusals[Refusal(reason: reason, kind: mutant.kind), default: 0] += 1 }
        case (false, _?): refusedAndFailed += 1
        }
    }

    /// The tables.
    func markdown(title: String) -> String {
        """
        ### \(title)

        | verdict | does its work | fails in exec or at its first instruction | at its first instruction, after the warning damaged-sections | fails later |
        |---|---:|---:|---:|---:|
        | ready | \(readyAndCompleted) | \(earlyFailures) | \(count { $0 == .warned }) | \(count { $0 == .later }) |
        | refused | \(refusedAndCompleted) | \(refusedAndFailed) (at any stage) | | |

        """ + failureTable + causeTable + refusalTable
    }

    private var failureTable: String {
        guard !failures.isEmpty else { return "" }
        let columns = Stage.allCases.filter { stage in failures.values.contains { $0[stage] != nil } }
        let rows = failures.sorted { $0.key < $1.key }.map { kind, stages in
            "| \(kind) | " + columns.map { "\(stages[$0] ?? 0)" }.joined(separator: " | ") + " |"
        }
        return
            (["", "Ready, and fails:", "", "| change | " + columns.map(\.rawValue).joined(separator: " | ") + " |"]
            + ["|---|" + columns.map { _ in "---:|" }.joined()] + rows).joined(separator: "\n") + "\n"
    }

    private var causeTable: String {
        guard !causes.isEmpty else { return "" }
        let rows = causes.map { ("\($0.key)", $0.value) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map {
            "| \($0.0) | \($0.1) |"
        }
        return (["", "| how it fails | mutants |", "|---|---:|"] + rows).joined(separator: "\n") + "\n"
    }

    private var refusalTable: String {
        guard !refusals.isEmpty else { return "" }
        let byReason = Dictionary(grouping: refusals) { $0.key.reason }
        let rows = byReason.sorted { $0.key < $1.key }.map { reason, entries in
            let kinds = entries.sorted { ($1.value, $0.key.kind) < ($0.value, $1.key.kind) }.prefix(3).map(\.key.kind)
            let count = entries.reduce(0) { $0 + $1.value }
            let why = RefusalReasons.reason(for: reason) ?? "(no reason recorded)"
            return "| \(reason.rule) | \(reason.message) | \(count) | \(kinds.joined(separator: ", ")) | \(why) |"
        }
        return
            ([
                "", "Refused, and does its work (a mutant counts once for each finding):", "",
                "| rule | finding | mutants | mostly by | why it is refused |", "|---|---|---:|---|---|",
            ] + rows).joined(separator: "\n") + "\n"
    }
}

extension Outcome: CustomStringConvertible {
    var description: String {
        switch self {
        case .refused(let error): "exec fails: \(error)"
        case .killedInExec(let number): "killed in exec by \(Outcome.signalName(number))"
        case .diedAtEntry(let number, .fetch): "\(Outcome.signalName(number)): the first instruction cannot be fetched"
        case .diedAtEntry(let number, _): "\(Outcome.signalName(number)) at the first instruction"
        case .failed(let how): "later: \(how)"
        case .completed: "does its work"
        }
    }
}
