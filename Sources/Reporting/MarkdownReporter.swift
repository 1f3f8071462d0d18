import Verification

/// Writes a report in GitHub Flavored Markdown, for job summaries and comments.
public enum MarkdownReporter {
    /// The document.
    public static func render(_ report: Report) -> String {
        var text = "## \(report.tool.name.markdown): \(report.summaryWords)\n\n"
        if !report.entries.isEmpty {
            text += "| program | platform | verdict | size | time |\n|---|---|---|---:|---:|\n"
            text += report.entries.map(row).joined() + "\n"
        }
        for group in FindingGroup.all(in: report.entries) { text += finding(group, of: report.entries.fileCount) }
        for line in report.comparison?.lines ?? [] { text += "- \(line.markdown)\n" }
        for problem in report.problems { text += self.problem(problem) }
        return text
    }

    private static func row(_ entry: ReportEntry) -> String {
        let words: [Verdict: String] = [
            .ready: "✅ ready", .notReady: "❌ not ready", .notApplicable: "➖ not applicable", .failed: "💥 failed",
            .leftOut: "➖ left out",
        ]
        let cells = [
            (entry.package ?? entry.path).markdown, (entry.platform ?? "-").markdown, words[entry.verdict] ?? "",
            entry.size.map(Quantity.size) ?? "-", entry.time,
        ]
        return "| " + cells.joined(separator: " | ") + " |\n"
    }

    private static func finding(_ group: FindingGroup, of total: Int) -> String {
        let finding = group.finding
        let exception = finding.exception.map { "\n- let pass, because: \($0.markdown)" } ?? ""
        return """
            **\(finding.level.rawValue)**: \(finding.message.markdown) (`\(finding.rule.printable.replacing("`", with: ""))`)

            - in: \(group.places(of: total).markdown)
            - evidence: \(finding.evidence.markdown)
            - remedy: \(finding.remedy.markdown)\(exception)


            """
    }

    private static func problem(_ problem: Report.Problem) -> String {
        let lines = problem.message.printableLines.filter { !$0.isEmpty }.map { "    " + $0 }
        return "**error**: \(problem.place.markdown)\n\n" + lines.joined(separator: "\n") + "\n\n"
    }
}

extension String {
    /// Text from outside as plain text in Markdown, including HTML and the cells of tables.
    fileprivate var markdown: String {
        printable.map { character in "\\`*_{}[]<>()#|!&~".contains(character) ? "\\\(character)" : String(character) }
            .joined()
    }
}
