import Attestation
import Text
import Verification

/// Writes a report for code scanning: SARIF 2.1.0, with the properties that GitHub requires.
///
/// Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html and
/// https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
public enum SARIFReporter {
    /// GitHub refuses a run with more results, and shows the 5,000 that are most severe.
    static let maximumResults = 25_000

    /// The document.
    public static func render(_ report: Report) throws -> String {
        // Each finding comes with the index of its entry: a copy of the entry would take a lot of memory.
        let results = Level.allCases.flatMap { level in
            report.entries.indices.lazy.flatMap { index in
                report.entries[index].findings.lazy.filter { $0.level == level }.map { ($0, index) }
            }
        }
        let indexes = Dictionary(
            RuleDocumentation.all.enumerated().map { ($1.identifier, $0) }, uniquingKeysWith: { first, _ in first })
        return try JSONReporter.render(
            SARIFLog(runs: [run(of: report, omitting: omission(results.map(\.0.level)))]),
            filling: [
                .init("artifacts", artifacts(of: report.entries)),
                .init(
                    "results",
                    results.prefix(maximumResults).lazy.map {
                        result(of: $0, in: report.entries[$1], ruleIndex: indexes[$0.rule])
                    }),
            ])
    }

    /// The run without its artifacts and results.
    private static func run(of report: Report, omitting omission: [SARIFLog.Notification]) -> SARIFLog.Run {
        let platforms = Set(report.entries.compactMap(\.platform))
        let category = platforms.count == 1 ? platforms.joined().replacing("/", with: "-") + "/" : ""
        return SARIFLog.Run(
            tool: .init(
                driver: .init(
                    name: report.tool.name, version: report.tool.version, semanticVersion: report.tool.version,
                    rules: RuleDocumentation.all.map { rule in
                        .init(rule, level: report.policy.level(of: rule))
                    })),
            automationDetails: .init(id: "\(report.tool.name)/\(category)"),
            invocations: [
                .init(
                    executionSuccessful: report.problems.isEmpty, exitCode: Int(report.exitCode),
                    toolExecutionNotifications: (report.problems + report.regressions).map(notification) + omission)
            ])
    }

    /// How many results are left out, if there are too many for one run.
    ///
    /// - Parameter levels: The levels of all results, errors first.
    private static func omission(_ levels: [Level]) -> [SARIFLog.Notification] {
        let left = levels.dropFirst(maximumResults)
        guard !left.isEmpty else { return [] }
        let counts = Level.allCases.compactMap { level in
            let count = left.count { $0 == level }
            return count > 0 ? count.counted(level.rawValue) : nil
        }
        let text =
            "\(left.count.counted("result")) left out (\(counts.joined(separator: ", "))): the limit is "
            + "\(maximumResults); the JSON report has all"
        return [.init(level: "warning", message: .init(text: text))]
    }

    private static func notification(_ problem: Report.Problem) -> SARIFLog.Notification {
        let place = problem.place.isEmpty ? "" : problem.place + ": "
        let source = SourcePlace(in: problem.message).map {
            SARIFLog.Location(uri: $0.path.uriPath, line: $0.line, column: $0.column ?? 1)
        }
        return .init(level: "error", message: .init(text: place + problem.message), locations: source.map { [$0] })
    }

    /// The artifacts of all entries. A nested one names the index of the one that holds it (section 3.24.3).
    private static func artifacts(of entries: [ReportEntry]) -> [SARIFLog.Artifact] {
        var artifacts: [SARIFLog.Artifact] = []
        for entry in entries {
            for (depth, artifact) in entry.content.artifacts.enumerated() {
                artifacts.append(
                    .init(
                        location: .init(uri: artifact.path.uriPath), parentIndex: depth > 0 ? artifacts.count - 1 : nil,
                        length: artifact.size, roles: ["analysisTarget"], mimeType: artifact.mediaType,
                        hashes: artifact.sha256.map { ["sha-256": $0] }))
            }
        }
        return artifacts
    }

    /// A finding at the source file if that is known, with the binary as a related location.
    ///
    /// Each location has a region, because GitHub rejects the whole log if one result has none.
    private static func result(
        of finding: FindingReport, in entry: ReportEntry, ruleIndex: Int?
    ) -> SARIFLog.Result {
        let hasFile = !entry.content.artifacts.isEmpty
        let whole = SARIFLog.Location(
            uri: entry.path.uriPath, message: entry.source == nil ? nil : "the binary", line: finding.line ?? 1,
            column: finding.column ?? 1)
        let message = "\(finding.message) (\(finding.evidence)). \(finding.remedy)"
        let identity = [finding.rule, entry.path, entry.platform ?? "", finding.message].joined(separator: "\n")
        let hash = Digest(of: Array(identity.utf8)).hexadecimal.prefix(16)
        return .init(
            ruleId: finding.rule, ruleIndex: ruleIndex, level: finding.level.rawValue, message: .init(text: message),
            locations: [entry.source.map { SARIFLog.Location(uri: $0.uriPath) } ?? whole],
            relatedLocations: entry.source == nil || !hasFile ? nil : [whole],
            // The fingerprint is of the finding, not of the file's bytes, which differ with every build.
            partialFingerprints: ["primaryLocationLineHash": "\(hash):1"],
            suppressions: finding.exception.map { [.init(kind: "external", justification: $0)] },
            hostedViewerUri: finding.advisory?.page, properties: finding.advisory)
    }
}

extension String {
    /// The path as a relative reference (RFC 3986, section 4.2), without a leading `./`.
    fileprivate var uriPath: String {
        let path = hasPrefix("./") ? String(dropFirst(2)) : self
        return path.percentEncoded(keeping: "-._~/@+,=")
    }
}
