import Verification

/// Writes a report in Markdown, for job summaries and comments.
public enum MarkdownReporter {
    /// The document.
    public static func render(_ report: Report) -> String {
        var text = "## \(report.tool.name): \(report.summary.words ?? "nothing was checked")\n\n"
        if !report.binaries.isEmpty {
            text += "| program | platform | verdict | size | time |\n|---|---|---|---:|---:|\n"
            text += report.binaries.map(row).joined() + "\n"
        }
        for group in FindingGroup.all(in: report.binaries) { text += finding(group, of: report.binaries.count) }
        for line in report.comparison?.lines ?? [] { text += "- \(line.markdown)\n" }
        for problem in report.problems { text += self.problem(problem) }
        return text
    }

    private static func row(_ binary: BinaryReport) -> String {
        let words: [Verdict: String] = [
            .ready: "✅ ready", .notReady: "❌ not ready", .notApplicable: "➖ not applicable", .failed: "💥 failed",
        ]
        let cells = [
            (binary.package ?? binary.path).markdown, (binary.platform ?? "-").markdown, words[binary.verdict] ?? "",
            binary.size.map(Quantity.size) ?? "-", Quantity.seconds(.milliseconds(binary.milliseconds)),
        ]
        return "| " + cells.joined(separator: " | ") + " |\n"
    }

    private static func finding(_ group: FindingGroup, of total: Int) -> String {
        let finding = group.finding
        let exception = finding.exception.map { "\n- let pass, because: \($0.markdown)" } ?? ""
        return """
            **\(finding.level.rawValue)**: \(finding.message.markdown) (`\(finding.rule)`)

            - in: \(group.places(of: total).markdown)
            - evidence: \(finding.evidence.markdown)
            - remedy: \(finding.remedy.markdown)\(exception)


            """
    }

    private static func problem(_ problem: Report.Problem) -> String {
        let lines = problem.message.split(separator: "\n").map { "    " + String($0).printable }
        return "**error**: \(problem.place.markdown)\n\n" + lines.joined(separator: "\n") + "\n\n"
    }
}

extension String {
    /// Text of others that Markdown, and HTML in it, take for nothing but text, also in the cell of a table.
    fileprivate var markdown: String {
        printable.map { character in "\\`*_{}[]<>()#|!&~".contains(character) ? "\\\(character)" : String(character) }
            .joined()
    }
}
