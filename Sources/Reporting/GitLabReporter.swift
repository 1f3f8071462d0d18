import Attestation
import Verification

/// Writes a report for GitLab Code Quality.
///
/// Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
public enum GitLabReporter {
    private struct Issue: Encodable {
        let description: String
        let checkName: String
        let fingerprint: String
        let severity: String
        let location: Location

        enum CodingKeys: String, CodingKey {
            case description, fingerprint, severity, location
            case checkName = "check_name"
        }
    }

    private struct Location: Encodable {
        let path: String
        let lines: Lines
    }

    private struct Lines: Encodable {
        let begin: Int
    }

    private static let severities: [Level: String] = [.error: "blocker", .warning: "major", .note: "info"]

    /// The document: an array of issues, empty if nothing was found.
    public static func render(_ report: Report) throws -> String {
        let findings = report.entries.flatMap { entry in
            entry.findings.map { finding in
                issue(
                    finding.rule, "\(finding.message) (\(entry.platform ?? entry.path): \(finding.evidence))",
                    severities[finding.level] ?? "info", entry.source ?? entry.path,
                    line: finding.line ?? 1, key: "\(entry.platform ?? "")\n\(entry.path)\n\(finding.message)")
            }
        }
        let reasons =
            report.problems.map { ("could-not-be-done", $0) } + report.regressions.map { ("worse-than-baseline", $0) }
        let problems = reasons.map { name, problem in
            let place = SourcePlace(in: problem.message)
            return issue(
                name, problem.message, "critical", place?.path ?? problem.path ?? "go.mod",
                line: place?.line ?? 1, key: "\(problem.platform ?? "")\(problem.message)")
        }
        return try JSONReporter.render(findings + problems)
    }

    /// - Parameter key: What tells issues of one rule and path apart: GitLab drops issues with equal fingerprints.
    private static func issue(
        _ rule: String, _ description: String, _ severity: String, _ path: String, line: Int = 1, key: String
    ) -> Issue {
        let clean = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        return Issue(
            description: description, checkName: rule,
            fingerprint: Digest(of: Array("\(rule)\n\(clean)\n\(key)".utf8)).hexadecimal, severity: severity,
            location: Location(path: clean, lines: Lines(begin: line)))
    }
}
