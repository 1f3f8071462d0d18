import Verification

/// Writes a report for a person: a table, then what is wrong and how to mend it.
public struct TextReporter: Sendable {
    /// Whether verdicts are coloured.
    public let colour: Bool

    /// Makes a reporter.
    public init(colour: Bool) { self.colour = colour }

    /// The report as text.
    public func render(_ report: Report) -> String {
        var text = report.binaries.isEmpty ? "" : table(report.binaries) + "\n"
        text += notProved(report.binaries) + findings(in: report.binaries) + changes(report.policy)
        if let comparison = report.comparison, !comparison.changes.isEmpty {
            text += "since the other report:\n" + comparison.lines.map { "  \($0)\n" }.joined() + "\n"
        }
        for problem in report.problems { text += self.problem(problem) + "\n" }
        return text + summary(report) + "\n"
    }

    private func table(_ binaries: [BinaryReport]) -> String {
        let isProved = binaries.contains { $0.proof != nil }
        let rows = binaries.map { binary in
            [(binary.package ?? binary.path).printable, binary.platform ?? "-", word(binary)]
                + (isProved ? [binary.proof?.word ?? "-"] : [])
                + [binary.size.map(Quantity.size) ?? "-", Quantity.seconds(.milliseconds(binary.milliseconds))]
        }
        let header =
            [binaries.contains { $0.package != nil } ? "PACKAGE" : "FILE", "PLATFORM", "VERDICT"]
            + (isProved ? ["PROOF"] : []) + ["SIZE", "TIME"]
        let plain = TextTable.render([header] + rows, rightAligned: isProved ? [4, 5] : [3, 4])
        guard colour else { return plain }
        let lines = plain.split(separator: "\n")
        return lines.enumerated().map { index, line in
            index == 0 ? Style.dim(String(line)) : painted(String(line), binaries[index - 1].verdict)
        }.joined(separator: "\n") + "\n"
    }

    private func painted(_ line: String, _ verdict: Verdict) -> String {
        switch verdict {
        case .ready: Style.green(line)
        case .notReady, .failed: Style.red(line)
        case .notApplicable: Style.dim(line)
        }
    }

    private func word(_ binary: BinaryReport) -> String {
        let warnings = binary.findings.count { $0.level == .warning }
        return switch binary.verdict {
        case .ready: warnings == 0 ? "ready" : "ready, \(warnings) warning\(warnings == 1 ? "" : "s")"
        case .notReady: "NOT READY"
        case .notApplicable: "not applicable"
        case .failed: "FAILED"
        }
    }

    /// Errors and warnings whole, notes on a line each.
    private func findings(in binaries: [BinaryReport]) -> String {
        let groups = FindingGroup.all(in: binaries)
        let notes = groups.filter { $0.finding.level == .note }.map { group in
            line(for: group.finding, aside: group.aside)
        }
        let others = groups.filter { $0.finding.level != .note }.map { group in
            let rows =
                [
                    ["  in:", group.places(of: binaries.count)], ["  evidence:", group.finding.evidence.printable],
                ]
                + (group.finding.causes ?? []).map { ["  because:", $0.printable] }
                + [["  remedy:", group.finding.remedy.printable]]
            return line(for: group.finding) + TextTable.render(rows) + "\n"
        }
        return others.joined() + notes.joined() + (notes.isEmpty ? "" : "\n")
    }

    private func line(for finding: FindingReport, aside: String = "") -> String {
        let level = colour ? Style.painted(finding.level.rawValue, finding.level) : finding.level.rawValue
        let exception = finding.exception.map { "; let pass, because: \($0.printable)" } ?? ""
        return "\(level): \(finding.message.printable)\(aside)\(exception) [\(finding.rule)]\n"
    }

    /// Why files could not be tried, each reason once.
    private func notProved(_ binaries: [BinaryReport]) -> String {
        let reasons = binaries.compactMap { binary -> String? in
            guard let proof = binary.proof, proof.outcome == .notProved else { return nil }
            return "not proved: \(binary.platform.map { "\($0): " } ?? "")\((proof.detail ?? "").printable)\n"
        }
        let each = reasons.enumerated().filter { !reasons[..<$0.offset].contains($0.element) }.map(\.element)
        return each.joined() + (each.isEmpty ? "" : "\n")
    }

    private func changes(_ policy: PolicySummary) -> String {
        let changed = policy.changes.map { change in
            "rule \(change.rule): \(change.level)\(change.reason.map { ", because: \($0.printable)" } ?? "")\n"
        }
        let ended = (policy.exceptions ?? []).filter(\.hasEnded).map { exception in
            "the exception to \(exception.rule) ended on \(exception.until ?? ""): \(exception.reason.printable)\n"
        }
        let lines = changed + ended
        return lines.joined() + (lines.isEmpty ? "" : "\n")
    }

    private func problem(_ problem: Report.Problem) -> String {
        let place = problem.place.printable
        let lines = problem.message.split(separator: "\n").map { String($0).printable }
        guard lines.count > 1 else { return "error: \(place.isEmpty ? "" : place + ": ")\(lines.first ?? "")" }
        return "error: \(place.isEmpty ? "" : place + ":")\n" + lines.map { "  \($0)\n" }.joined()
    }

    private func summary(_ report: Report) -> String {
        guard let words = report.summary.words else {
            return report.isEmptyShard ? "this shard has nothing to do" : "nothing was checked"
        }
        let warned = report.binaries.count { binary in
            binary.verdict == .ready && binary.findings.contains { $0.level == .warning }
        }
        return words + (warned > 0 ? " (\(warned) with warnings)" : "")
    }
}
