import Text
import Verification

/// The matrix as a table with a row for each program and a column for each platform.
enum HTMLMatrix {
    static func render(_ report: Report) -> String {
        guard !report.entries.isEmpty else { return "" }
        let programs = report.entries.map(program).distinct
        let platforms = report.entries.map { $0.platform ?? "-" }.distinct
        let cells = Dictionary(grouping: report.entries) { [program($0), $0.platform ?? "-"] }
        let head = platforms.map { "<th scope=\"col\">\($0.html)</th>" }.joined()
        let rows = programs.map { program in
            let columns = platforms.map { platform in
                "<td>" + (cells[[program, platform]] ?? []).map(cell).joined(separator: "<hr>") + "</td>"
            }
            return "<tr><th scope=\"row\">\(program.html)</th>\(columns.joined())</tr>"
        }
        return """
            <section>
            <h2>The matrix</h2>
            <div class="wide" tabindex="0" role="region" aria-label="The matrix">
            <table class="matrix"><caption>Programs by platform, with size, and time to build and verify</caption>
            <thead><tr><th scope="col">Program</th>\(head)</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody></table>
            </div>
            </section>
            """
    }

    private static func program(_ entry: ReportEntry) -> String { entry.package ?? entry.path }

    private static func cell(_ entry: ReportEntry) -> String {
        let words: [Verdict: (String, String)] = [
            .ready: ("✓", "ready"), .notReady: ("✗", "not ready"), .notApplicable: ("–", "not applicable"),
            .failed: ("!", "failed"), .leftOut: ("–", "left out"),
        ]
        let (sign, word) = words[entry.verdict] ?? ("?", entry.verdict.rawValue)
        let warnings = entry.findings.count { $0.level == .warning }
        let aside = entry.verdict == .ready && warnings > 0 ? ", \(warnings.counted("warning"))" : ""
        let facts = [entry.size.map(Quantity.size), entry.time]
        return """
            <div class="cell \(entry.verdict.rawValue)"><strong><span aria-hidden="true">\(sign)</span> \(word)</strong>\(aside)\
            <br><small>\(facts.compactMap { $0 }.joined(separator: " · "))</small></div>
            """
    }
}
