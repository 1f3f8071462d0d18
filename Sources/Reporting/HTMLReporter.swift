import Verification

/// Writes a report as one HTML file. It loads nothing and has no scripts.
public enum HTMLReporter {
    /// The document.
    public static func render(_ report: Report) -> String {
        let title = "\(report.tool.name): \(report.headline)"
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title.html)</title>
            <style>
            \(HTMLStyle.text)
            </style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the matrix</a>
            <header>
            <h1>\(title.html)</h1>
            <p>\(origin(report).html)</p>\(cache(report))
            </header>
            <main id="main">
            \(HTMLMatrix.render(report))
            \(problems(report.problems))
            \(findings(report))
            \(changes(report))
            \(HTMLSizes.render(report.entries))
            \(policy(report.policy))
            </main>
            </body>
            </html>

            """
    }

    private static func origin(_ report: Report) -> String {
        "\(report.tool.name) \(report.tool.version)" + (report.tool.go.map { ", \($0)" } ?? "")
            + ", policy \(report.policy.sha256.prefix(12))"
    }

    private static func cache(_ report: Report) -> String {
        CacheLines.list(report.entries).map { "\n<p>\($0.html)</p>" }.joined()
    }

    private static func problems(_ problems: [Report.Problem]) -> String {
        guard !problems.isEmpty else { return "" }
        let items = problems.map { problem in
            let place = problem.place.isEmpty ? "error" : problem.place
            return "<h3>\(place.html)</h3><pre>\(problem.message.htmlLines)</pre>"
        }
        return "<section><h2>What could not be done</h2>\n\(items.joined(separator: "\n"))\n</section>"
    }

    private static func findings(_ report: Report) -> String {
        let groups = FindingGroup.all(in: report.entries)
        guard !groups.isEmpty else { return "" }
        let items = groups.map { group in
            let finding = group.finding
            let rows =
                [("In", group.places), ("Evidence", finding.evidence)]
                + (finding.causes ?? []).map { ("Because", $0) } + [("Remedy", finding.remedy)]
                + (finding.exception.map { [("Let pass, because", $0)] } ?? [])
            let facts = rows.map { "<dt>\($0.0)</dt><dd>\($0.1.html)</dd>" }.joined()
            return """
                <article class="finding \(finding.level.rawValue)">
                <h3><span class="level">\(finding.level.rawValue)</span> \(finding.message.html)</h3>
                <dl>\(facts)<dt>Rule</dt><dd><code>\(finding.rule.html)</code></dd></dl>
                </article>
                """
        }
        return "<section><h2>Findings</h2>\n\(items.joined(separator: "\n"))\n</section>"
    }

    private static func changes(_ report: Report) -> String {
        guard report.comparison != nil else { return "" }
        let items = report.changeLines.map { "<li>\($0.html)</li>" }
        let list = items.isEmpty ? "<p>Nothing has changed.</p>" : "<ul>\(items.joined())</ul>"
        return "<section><h2>Since the other report</h2>\(list)</section>"
    }

    private static func policy(_ policy: PolicySummary) -> String {
        let changes = policy.changes.map { change in
            "<li><code>\(change.rule.html)</code>: \(change.level.html)\(change.reason.map { ", because: \($0.html)" } ?? "")</li>"
        }
        let exceptions = (policy.exceptions ?? []).map { exception in
            let until = exception.until.map { exception.hasEnded ? ", ended on \($0)" : ", until \($0)" } ?? ""
            return "<li>exception to <code>\(exception.rule.html)</code>\(until.html): \(exception.reason.html)</li>"
        }
        let items = changes + exceptions
        return items.isEmpty ? "" : "<section><h2>Policy</h2><ul>\(items.joined())</ul></section>"
    }
}

extension String {
    /// Text for the content and the quoted attributes of an HTML document.
    var html: String { printable.htmlEscaped }

    /// Text of several lines for HTML; empty lines are dropped.
    var htmlLines: String { printableLines.filter { !$0.isEmpty }.map(\.htmlEscaped).joined(separator: "\n") }

    private var htmlEscaped: String { String.htmlEscapes.applied(to: self) }

    private static let htmlEscapes = Escapes([
        "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;",
    ])
}
