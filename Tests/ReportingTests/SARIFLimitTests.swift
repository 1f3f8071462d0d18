import Configuration
import Foundation
import Testing
import Verification

@testable import Reporting

/// The limits of GitHub code scanning:
/// https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
@Suite struct SARIFLimitTests {
    /// Files that each have a note, a warning and an error, in this order.
    private func run(files: Int) throws -> [String: Any] {
        let findings = try ["note", "warning", "error"].map { try Sample.finding("rule-\($0)", $0) }
        let report = try Sample.report(
            (0..<files).map { try Sample.entry("bin/\($0)", verdict: "not-ready", findings: findings) })
        let log = try Sample.object(SARIFReporter.render(report))
        return try #require((log["runs"] as? [[String: Any]])?.first)
    }

    private func notifications(_ run: [String: Any]) -> [String] {
        let invocation = (run["invocations"] as? [[String: Any]])?.first
        let all = invocation?["toolExecutionNotifications"] as? [[String: Any]] ?? []
        return all.compactMap { ($0["message"] as? [String: String])?["text"] }
    }

    @Test func aRunHasAtMost25000ResultsAndTheWorstOfThem() throws {
        let run = try run(files: 10_000)
        let levels = (run["results"] as? [[String: Any]] ?? []).compactMap { $0["level"] as? String }
        #expect(levels.count == 25_000)
        #expect(levels.prefix(10_000).allSatisfy { $0 == "error" })
        #expect(levels.dropFirst(10_000).prefix(10_000).allSatisfy { $0 == "warning" })
        #expect(levels.dropFirst(20_000).allSatisfy { $0 == "note" })
        #expect(
            notifications(run) == [
                "5000 results left out (5000 notes): the limit is 25000; the JSON report has all"
            ])
    }

    @Test func aSmallRunLeavesNothingOut() throws {
        let run = try run(files: 2)
        #expect((run["results"] as? [Any])?.count == 6)
        #expect(notifications(run).isEmpty)
    }

    @Test func aRuleHasAtMost20Tags() throws {
        let driver = (try run(files: 1)["tool"] as? [String: [String: Any]])?["driver"]
        let rules = try #require(driver?["rules"] as? [[String: Any]])
        for rule in rules { #expect(((rule["properties"] as? [String: Any])?["tags"] as? [Any] ?? []).count <= 20) }
    }
}
