import Text
import Verification

/// Writes a report in the Test Anything Protocol, version 13: a test for each entry.
///
/// Source: https://testanything.org/tap-version-13-specification.html
public enum TAPReporter {
    /// The document.
    public static func render(_ report: Report) -> String {
        let problems = report.problemsByPlatform
        let tests =
            report.entries.map { test($0, problems[$0.platform] ?? [], failingAt: report.failingTestLevels) }
            + (report.problemsWithoutEntry + report.regressions).map { problem in
                (
                    "not ok", (problem.path ?? problem.platform ?? "run").tapped,
                    diagnostics([("message", problem.message)])
                )
            }
        let lines = tests.enumerated().map { index, test in
            "\(test.0) \(index + 1) - \(test.1)\(test.2)\n"
        }
        let comments = CacheLines.list(report.entries).map { "# \($0)\n" }
        return "TAP version 13\n1..\(tests.count)\n" + lines.joined() + comments.joined()
    }

    /// - Parameter problems: Those of the platform of the entry.
    private static func test(_ entry: ReportEntry, _ problems: [Report.Problem], failingAt fatal: Set<Level>) -> (
        String, String, String
    ) {
        let name = [entry.path, entry.platform].compactMap { $0 }.joined(separator: " ").tapped
        let errors = entry.findings.filter { fatal.contains($0.level) }
        switch entry.verdict {
        case .ready where errors.isEmpty: return ("ok", name, "")
        case .notApplicable: return ("ok", name, " # SKIP \(entry.content.inapplicability)")
        case .leftOut where errors.isEmpty:
            return ("ok", name, " # SKIP \(entry.content.inapplicability.tapped)")
        case .failed:
            return ("not ok", name, diagnostics([("message", "not built")] + problems.map { ("problem", $0.message) }))
        case .ready, .notReady, .leftOut:
            return ("not ok", name, diagnostics(errors.map { ($0.rule, "\($0.message) (\($0.evidence))") }))
        }
    }

    /// A YAML block with each text in single quotes, in which only the quote itself is special. Several texts of one name are a
    /// list.
    private static func diagnostics(_ facts: [(name: String, words: String)]) -> String {
        let texts = Dictionary(grouping: facts, by: \.name).mapValues { $0.map { quoted($0.words) } }
        let lines = facts.map(\.name).distinct.map { name in
            let own = texts[name] ?? []
            let value = own.count == 1 ? " \(own[0])" : own.map { "\n    - \($0)" }.joined()
            return "  \(name.printable):\(value)\n"
        }
        return "\n  ---\n" + lines.joined() + "  ..."
    }

    private static func quoted(_ words: String) -> String {
        let text = words.printableLines.filter { !$0.isEmpty }.joined(separator: " / ")
        return "'\(quotes.applied(to: text))'"
    }

    private static let quotes = Escapes(["'": "''"])
}

extension String {
    /// Text for a description, in which `#` must not start a directive.
    fileprivate var tapped: String { String.tapEscapes.applied(to: printable) }

    private static let tapEscapes = Escapes(backslashBefore: "\\#")
}
