import Text
import Verification

/// Writes a report in GitHub Flavored Markdown, for job summaries and comments.
public enum MarkdownReporter {
    /// The document.
    public static func render(_ report: Report) -> String {
        var text = "## \(report.tool.name.markdown): \(report.headline)\n\n"
        if !report.entries.isEmpty {
            text += table(Table(report.entries, verdict: verdict)) + "\n"
        }
        text += findings(in: report)
        for line in AdvisoryLines.list(report.entries) { text += "- \(line.markdown)\n" }
        for line in CacheLines.list(report.entries) { text += "- \(line.markdown)\n" }
        for line in report.changeLines { text += "- \(line.markdown)\n" }
        for problem in report.problems { text += self.problem(problem) }
        return text
    }

    private static func table(_ table: Table) -> String {
        let head = table.columns.map { $0.title.lowercased() }
        let alignment = table.columns.map { $0.isRightAligned ? "---:" : "---" }
        let lines =
            ["| \(head.joined(separator: " | ")) |", "|\(alignment.joined(separator: "|"))|"]
            + table.rows.map { "| \($0.map(\.markdown).joined(separator: " | ")) |" }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func verdict(_ entry: ReportEntry) -> String {
        switch entry.verdict {
        case .ready: "✅ ready"
        case .notReady: "❌ not ready"
        case .notApplicable: "➖ not applicable"
        case .failed: "💥 failed"
        case .leftOut: "➖ left out"
        }
    }

    /// Notes are folded, except those that say that an error or a warning was let pass.
    private static func findings(in report: Report) -> String {
        let groups = FindingGroup.all(in: report.entries)
        func isFolded(_ group: FindingGroup) -> Bool {
            group.finding.level == .note && !report.policy.isDecision(group.finding)
        }
        let folded = groups.filter(isFolded)
        let text = groups.filter { !isFolded($0) }.map(finding).joined()
        guard !folded.isEmpty else { return text }
        // A line between the tags and the text, so that it is read as Markdown (GFM, section 4.6).
        return text + "<details><summary>\(folded.count.counted("note"))</summary>\n\n"
            + folded.map(finding).joined() + "</details>\n\n"
    }

    private static func finding(_ group: FindingGroup) -> String {
        let finding = group.finding
        let exception = finding.exception.map { "\n- let pass, because: \($0.markdown)" } ?? ""
        return """
            **\(finding.level.rawValue)**: \(finding.message.markdown) (`\(finding.rule.printable.replacing("`", with: ""))`)

            - in: \(group.places.markdown)
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
    var markdown: String { String.markdownEscapes.applied(to: printable) }

    private static let markdownEscapes = Escapes(backslashBefore: "\\`*_{}[]<>()#|!&~")
}
