import Text
import Verification

/// Writes a report for a terminal: a table, then the findings and how to fix them.
public struct TextReporter: Sendable {
    /// Whether verdicts and levels are coloured.
    public let colour: Bool
    /// Whether notes are written out. If not, a line says how many there are.
    public let showsNotes: Bool

    /// Makes a writer.
    public init(colour: Bool, showsNotes: Bool = false) {
        self.colour = colour
        self.showsNotes = showsNotes
    }

    /// The report, ending in a newline.
    public func render(_ report: Report) -> String {
        var text = report.entries.isEmpty ? "" : table(report.entries) + "\n"
        text +=
            notProved(report.entries) + ProofLines.text(report.entries) + findings(in: report)
            + AdvisoryLines.text(report.entries)
            + changes(report.policy, unused: showsNotes ? report.unusedExceptions : [])
        let changes = report.changeLines
        if !changes.isEmpty {
            text += "since the other report:\n" + changes.map { "  \($0)\n" }.joined() + "\n"
        }
        for problem in report.problems { text += problem.line + "\n" }
        text += CacheLines.text(report.entries)
        if let builds = report.entries.sharedBuilds { text += builds + "\n\n" }
        return text + report.headline + "\n"
    }

    private func table(_ entries: [ReportEntry]) -> String {
        let plain = Table(entries, verdict: word).text
        guard colour else { return plain }
        let lines = plain.split(separator: "\n")
        return lines.enumerated().map { index, line in
            index == 0 ? Style.dim(String(line)) : painted(String(line), entries[index - 1].verdict)
        }.joined(separator: "\n") + "\n"
    }

    private func painted(_ line: String, _ verdict: Verdict) -> String {
        switch verdict {
        case .ready: Style.green(line)
        case .notReady, .failed: Style.red(line)
        case .notApplicable, .leftOut: Style.dim(line)
        }
    }

    private func word(_ entry: ReportEntry) -> String {
        let warnings = entry.findings.count { $0.level == .warning }
        return switch entry.verdict {
        case .ready: warnings == 0 ? "ready" : "ready, \(warnings.counted("warning"))"
        case .notReady: "NOT READY"
        case .notApplicable: "not applicable"
        case .leftOut: "left out"
        case .failed: "FAILED"
        }
    }

    /// Errors and warnings with all their details, then notes on one line each, or their number.
    private func findings(in report: Report) -> String {
        let groups = FindingGroup.all(in: report.entries)
        let details = groups.filter { $0.finding.level != .note }.map { group in
            let rows =
                [
                    ["  in:", group.places], ["  evidence:", group.finding.evidence.printable],
                ]
                + (group.finding.causes ?? []).map { ["  because:", $0.printable] }
                + [["  remedy:", group.finding.remedy.printable]]
            return line(for: group.finding) + TextTable.render(rows) + "\n"
        }
        let notes = groups.filter { $0.finding.level == .note }
        let shown = notes.filter { showsNotes || report.policy.isDecision($0.finding) }
        var lines = shown.map { line(for: $0.finding, aside: $0.aside) }
        switch notes.count - shown.count {
        case 0: break
        case 1: lines.append("1 note: --notes shows it\n")
        case let hidden: lines.append("\(hidden) notes: --notes shows them\n")
        }
        return details.joined() + lines.joined() + (lines.isEmpty ? "" : "\n")
    }

    private func line(for finding: FindingReport, aside: String = "") -> String {
        let level = colour ? Style.painted(finding.level.rawValue, finding.level) : finding.level.rawValue
        let exception = finding.exception.map { "; let pass, because: \($0.printable)" } ?? ""
        return "\(level): \(finding.message.printable)\(aside)\(exception) [\(finding.rule.printable)]\n"
    }

    /// Why programs could not be started, each reason once.
    private func notProved(_ entries: [ReportEntry]) -> String {
        let reasons = entries.compactMap { entry -> String? in
            guard let proof = entry.proof, proof.outcome == .notProved else { return nil }
            return "not proved: \(entry.platform.map { "\($0.printable): " } ?? "")\((proof.detail ?? "").printable)\n"
        }
        let each = reasons.distinct
        return each.joined() + (each.isEmpty ? "" : "\n")
    }

    private func changes(_ policy: PolicySummary, unused: [PolicySummary.Exception]) -> String {
        let changed = policy.changes.map { change in
            "rule \(change.rule.printable): \(change.level.printable)\(change.reason.map { ", because: \($0.printable)" } ?? "")\n"
        }
        let ended = (policy.exceptions ?? []).filter(\.hasEnded).map { exception in
            "the exception to \(exception.rule.printable) ended on \(exception.until?.printable ?? ""): \(exception.reason.printable)\n"
        }
        let idle = unused.map { "the exception to \($0.rule.printable) let nothing pass: \($0.reason.printable)\n" }
        let lines = changed + ended + idle
        return lines.joined() + (lines.isEmpty ? "" : "\n")
    }
}

extension Report.Problem {
    /// The problem as a terminal shows it. A message of several lines, such as the output of another program, is indented below.
    var line: String {
        let place = place.printable
        let lines = message.printableLines.filter { !$0.isEmpty }
        guard lines.count > 1 else { return "error: \(place.isEmpty ? "" : place + ": ")\(lines.first ?? "")" }
        return "error: \(place.isEmpty ? "" : place + ":")\n" + lines.map { "  \($0)\n" }.joined()
    }
}
