import Verification

/// Writes a report as annotations of a GitHub Actions run.
///
/// Source: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
public enum GitHubReporter {
    /// GitHub shows at most this many annotations of one kind per step.
    private static let shown = 10

    /// The workflow commands, one per line, errors first.
    public static func render(_ report: Report) -> String {
        let problems = (report.problems + report.regressions).map { problem in
            let place = SourcePlace(in: problem.message)
            return Annotation(
                kind: "error", file: place?.path, line: place?.line ?? 1, column: place?.column,
                title: problem.platform ?? problem.path ?? Identity.name, message: problem.message)
        }
        let levels = Level.allCases.map { level in
            report.entries.flatMap { entry in
                entry.findings.filter { $0.level == level }.map { Annotation($0, of: entry) }
            }
        }
        return limited([problems + levels[0], levels[1], levels[2]]).map { $0.command + "\n" }.joined()
    }

    private static func limited(_ kinds: [[Annotation]]) -> [Annotation] {
        let left = kinds.map { max(0, $0.count - shown) }.reduce(0, +)
        guard left > 0 else { return kinds.flatMap { $0 } }
        // One annotation of the last kind is kept free to say that there are more.
        let kept = kinds.dropLast().flatMap { $0.prefix(shown) } + (kinds.last?.prefix(shown - 1) ?? [])
        let more = kinds.flatMap { $0 }.count - kept.count
        return kept + [Annotation(kind: "notice", title: Identity.name, message: "\(more) more: see the report")]
    }
}

/// A workflow command that sets an annotation.
private struct Annotation {
    let kind: String
    var file: String?
    var line = 1
    var column: Int?
    let title: String
    let message: String

    var command: String {
        let column = column.map { "col=\($0)," } ?? ""
        let place = file.map { "file=\(property($0)),line=\(line),\(column)" } ?? ""
        return "::\(kind) \(place)title=\(property(title))::\(Annotation.inMessages.applied(to: message.printableText))"
    }

    private func property(_ text: String) -> String { Annotation.inProperties.applied(to: text.printableText) }

    // As the runner's ActionCommand.cs reads them back.
    private static let inMessages = Escapes(["%": "%25", "\r": "%0D", "\n": "%0A"])
    private static let inProperties = Escapes(["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
}

extension Annotation {
    fileprivate init(_ finding: FindingReport, of entry: ReportEntry) {
        self.init(
            kind: finding.level == .note ? "notice" : finding.level.rawValue, file: entry.source ?? entry.path,
            line: finding.line ?? 1, column: finding.column,
            title: [finding.rule, entry.platform].compactMap { $0 }.joined(separator: " "),
            message: "\(finding.message) (\(finding.evidence))\n\(finding.remedy)")
    }
}
