import Attestation
import Text
import Verification

/// Writes a report for code scanning: SARIF 2.1.0, with what GitHub demands of it.
///
/// Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html and
/// https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
public enum SARIFReporter {
    /// The document.
    public static func render(_ report: Report) throws -> String {
        try JSONReporter.render(SARIFLog(runs: [run(of: report)]))
    }

    private static func run(of report: Report) -> SARIFLog.Run {
        let platforms = Set(report.binaries.compactMap(\.platform))
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
                    toolExecutionNotifications: report.problems.map(notification))
            ],
            artifacts: report.binaries.map(artifact),
            results: report.binaries.flatMap { binary in binary.findings.map { result(of: $0, in: binary) } })
    }

    private static func notification(_ problem: Report.Problem) -> SARIFLog.Notification {
        let place = problem.place.isEmpty ? "" : problem.place + ": "
        return .init(level: "error", message: .init(text: place + problem.message))
    }

    private static func artifact(_ binary: BinaryReport) -> SARIFLog.Artifact {
        .init(
            location: .init(uri: binary.path.uriPath), length: binary.size, roles: ["analysisTarget"],
            mimeType: "application/x-executable", hashes: binary.sha256.map { ["sha-256": $0] })
    }

    /// A finding at the source that can be mended, where it is known, with the binary as a related place.
    ///
    /// GitHub refuses a whole file in which one result has no region.
    private static func result(of finding: FindingReport, in binary: BinaryReport) -> SARIFLog.Result {
        let whole = SARIFLog.Location(
            uri: binary.path.uriPath, message: binary.source == nil ? nil : "the binary", line: finding.line ?? 1,
            column: finding.column ?? 1)
        let message = "\(finding.message) (\(finding.evidence)). \(finding.remedy)"
        let identity = [finding.rule, binary.path, binary.platform ?? "", finding.message].joined(separator: "\n")
        let hash = Digest(of: Array(identity.utf8)).hexadecimal.prefix(16)
        return .init(
            ruleId: finding.rule, ruleIndex: RuleDocumentation.all.firstIndex { $0.identifier == finding.rule },
            level: finding.level.rawValue, message: .init(text: message),
            locations: [binary.source.map { SARIFLog.Location(uri: $0.uriPath) } ?? whole],
            relatedLocations: binary.source == nil ? nil : [whole],
            // Of what is found, and not of the bytes, which differ with every build.
            partialFingerprints: ["primaryLocationLineHash": "\(hash):1"],
            suppressions: finding.exception.map { [.init(kind: "external", justification: $0)] })
    }
}

extension String {
    /// The path as a relative reference (RFC 3986, section 3.3), without a leading `./`.
    fileprivate var uriPath: String {
        let path = hasPrefix("./") ? String(dropFirst(2)) : self
        return path.percentEncoded(keeping: "-._~/@+,=")
    }
}
