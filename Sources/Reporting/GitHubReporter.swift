import Verification

/// Writes a report as annotations of a GitHub Actions run.
///
/// Source: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
public enum GitHubReporter {
    /// GitHub shows at most this many annotations of one kind per step.
    private static let shown = 10

    /// The workflow commands, one per line, errors first.
    public static func render(_ report: Report) -> String {
        let problems = report.problems.map { problem in
            command("error", file: nil, title: problem.platform ?? problem.path ?? Identity.name, problem.message)
        }
        let findings = report.entries.flatMap { entry in entry.findings.map { ($0, entry) } }
        let levels = Level.allCases.map { level in
            findings.filter { $0.0.level == level }.map { finding, entry in
                command(
                    level == .note ? "notice" : level.rawValue, file: entry.source ?? entry.path,
                    line: finding.line ?? 1,
                    column: finding.column,
                    title: [finding.rule, entry.platform].compactMap { $0 }.joined(separator: " "),
                    "\(finding.message) (\(finding.evidence))\n\(finding.remedy)")
            }
        }
        let errors = problems + levels[0]
        return limited([errors, levels[1], levels[2]]).map { $0 + "\n" }.joined()
    }

    private static func limited(_ kinds: [[String]]) -> [String] {
        let left = kinds.map { max(0, $0.count - shown) }.reduce(0, +)
        guard left > 0 else { return kinds.flatMap { $0 } }
        // One annotation of the last kind is kept free to say that there are more.
        let kept = kinds.dropLast().flatMap { $0.prefix(shown) } + (kinds.last?.prefix(shown - 1) ?? [])
        let more = kinds.flatMap { $0 }.count - kept.count
        return kept + [command("notice", file: nil, title: Identity.name, "\(more) more: see the report")]
    }

    private static func command(
        _ kind: String, file: String?, line: Int = 1, column: Int? = nil, title: String, _ message: String
    ) -> String {
        let column = column.map { "col=\($0)," } ?? ""
        let place = file.map { "file=\(property($0)),line=\(line),\(column)" } ?? ""
        return "::\(kind) \(place)title=\(property(title))::\(data(message))"
    }

    /// Escapes a message as the runner's ActionCommand.cs reads it back.
    private static func data(_ text: String) -> String {
        text.printableLines.joined(separator: "\n")
            .replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    private static func property(_ text: String) -> String {
        data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
