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
        for binary in report.binaries where !binary.findings.isEmpty { text += findings(of: binary) + "\n" }
        for problem in report.problems { text += self.problem(problem) + "\n" }
        return text + summary(report) + "\n"
    }

    private func table(_ binaries: [BinaryReport]) -> String {
        let rows = binaries.map { binary in
            [
                (binary.package ?? binary.path).printable, binary.platform ?? "-", word(binary.verdict),
                binary.size.map(Quantity.size) ?? "-", Quantity.seconds(.milliseconds(binary.milliseconds)),
            ]
        }
        let header = [
            binaries.contains { $0.package != nil } ? "PACKAGE" : "FILE", "PLATFORM", "VERDICT", "SIZE", "TIME",
        ]
        let plain = TextTable.render([header] + rows, rightAligned: [3, 4])
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

    private func word(_ verdict: Verdict) -> String {
        switch verdict {
        case .ready: "ready"
        case .notReady: "NOT READY"
        case .notApplicable: "not applicable"
        case .failed: "FAILED"
        }
    }

    private func findings(of binary: BinaryReport) -> String {
        let head = "\(binary.path.printable)\(binary.platform.map { " (\($0))" } ?? "")\n"
        return head
            + binary.findings.prefix(20).map { finding in
                "  \(finding.level.rawValue): \(finding.message.printable) [\(finding.rule)]\n"
                    + "    evidence: \(finding.evidence.printable)\n    remedy:   \(finding.remedy.printable)\n"
            }.joined()
            + (binary.findings.count > 20 ? "  and \(binary.findings.count - 20) more\n" : "")
    }

    private func problem(_ problem: Report.Problem) -> String {
        let place = [problem.platform, problem.path].compactMap { $0?.printable }.joined(separator: " ")
        let lines = problem.message.split(separator: "\n").map { String($0).printable }
        guard lines.count > 1 else { return "error: \(place.isEmpty ? "" : place + ": ")\(lines.first ?? "")" }
        return "error: \(place.isEmpty ? "" : place + ":")\n" + lines.map { "  \($0)\n" }.joined()
    }

    private func summary(_ report: Report) -> String {
        let counts = [
            (report.summary.ready, "ready"), (report.summary.notReady, "not ready"),
            (report.summary.notApplicable, "not applicable"), (report.summary.failed, "failed"),
        ]
        let parts = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return parts.isEmpty ? "nothing was checked" : parts.joined(separator: ", ")
    }
}

/// Colours of a terminal (ECMA-48, "Select Graphic Rendition").
public enum Style {
    /// For what is well.
    public static func green(_ text: String) -> String { "\u{1b}[32m\(text)\u{1b}[0m" }
    /// For what is not.
    public static func red(_ text: String) -> String { "\u{1b}[31m\(text)\u{1b}[0m" }
    /// For what is beside the point.
    public static func dim(_ text: String) -> String { "\u{1b}[2m\(text)\u{1b}[0m" }
}
