import Configuration
import Foundation
import Testing
import Verification

@testable import Reporting

/// The fields that each format requires, by its own specification.
@Suite struct WriterStructureTests {
    private func mixed() throws -> Report {
        try Sample.report(
            [
                Sample.entry("dist/a"),
                Sample.entry(
                    "./dist/b c", verdict: "not-ready", milliseconds: 61_005,
                    findings: [
                        Sample.finding(), Sample.finding("time-zones", "warning", message: "no zones"),
                        Sample.finding("debug-data", "note", message: "large"),
                    ], more: ",\"source\":\"cmd/b/main.go\",\"package\":\"x.org/b\""),
                Sample.entry("dist/c", platform: "windows/amd64", verdict: "not-applicable"),
                Sample.entry("dist/d", platform: "linux/386", verdict: "failed"),
            ],
            problems: [
                "{\"platform\":\"linux/386\",\"message\":\"go build failed\\nline\"}",
                "{\"path\":\"dist/e\",\"message\":\"no room\"}",
            ])
    }

    // MARK: SARIF 2.1.0

    private func run() throws -> [String: Any] {
        let log = try Sample.object(SARIFReporter.render(mixed()))
        #expect(log["version"] as? String == "2.1.0")
        #expect((log["$schema"] as? String)?.hasSuffix("sarif-schema-2.1.0.json") == true)
        return try #require((log["runs"] as? [[String: Any]])?.first)
    }

    @Test func sarifHasTheRequiredProperties() throws {
        let run = try run()
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        #expect(driver["name"] as? String == "scratchcheck")
        let rules = try #require(driver["rules"] as? [[String: Any]])
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(results.map { $0["level"] as? String } == ["error", "warning", "note"])
        for result in results {
            // Section 3.27.6: ruleIndex, if there is one, is the index of the rule with ruleId.
            let index = try #require(result["ruleIndex"] as? Int)
            #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
            #expect(((result["message"] as? [String: String])?["text"] ?? "").isEmpty == false)
            // GitHub: the first location has a relative URI and a region; the fingerprint is 16 digits and a count.
            let location = (result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any]
            #expect((location?["artifactLocation"] as? [String: String])?["uri"] == "cmd/b/main.go")
            #expect((location?["region"] as? [String: Int])?["startLine"] == 1)
            let prints = result["partialFingerprints"] as? [String: String]
            #expect(prints?["primaryLocationLineHash"]?.wholeMatch(of: /[0-9a-f]{16}:1/) != nil)
        }
    }

    @Test func sarifSaysWhatCouldNotBeDone() throws {
        let invocation = try #require((run()["invocations"] as? [[String: Any]])?.first)
        #expect(invocation["executionSuccessful"] as? Bool == false)
        #expect(invocation["exitCode"] as? Int == 2)
        let notifications = try #require(invocation["toolExecutionNotifications"] as? [[String: Any]])
        #expect(notifications.count == 2)
        #expect((notifications[0]["message"] as? [String: String])?["text"] == "linux/386: go build failed\nline")
    }

    /// RFC 3986: a space is written %20, and a path does not start with `./` or a scheme.
    @Test func sarifsPathsAreRelativeReferences() throws {
        let artifacts = try #require(run()["artifacts"] as? [[String: Any]])
        let uris = artifacts.compactMap { ($0["location"] as? [String: String])?["uri"] }
        #expect(uris == ["dist/a", "dist/b%20c", "dist/c", "dist/d"])
    }

    @Test func anExceptionIsASuppression() throws {
        let finding = try Sample.finding("interpreter", "note", more: ",\"exception\":\"we know\"")
        let log = try Sample.object(SARIFReporter.render(Sample.report([Sample.entry(findings: [finding])])))
        let results = (log["runs"] as? [[String: Any]])?.first?["results"] as? [[String: Any]]
        let suppression = try #require((results?.first?["suppressions"] as? [[String: String]])?.first)
        #expect(suppression == ["kind": "external", "justification": "we know"])
    }

    // MARK: GitLab

    /// GitLab shows issues with equal fingerprints once.
    @Test func issuesOfTwoPlatformsAreTold() throws {
        let entries = try ["linux/amd64", "linux/arm64"].map {
            try Sample.entry("cmd/c", platform: $0, findings: [Sample.finding()])
        }
        let text = try GitLabReporter.render(Sample.report(entries))
        let issues = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
        #expect(Set(issues.compactMap { $0["fingerprint"] as? String }).count == 2)
    }

    // MARK: JUnit

    @Test func aRuleThatWasNotTriedIsSkipped() throws {
        let rules = #"{"interpreter":"error","does-not-start":"error","packed":"off"}"#
        let report = try Sample.report([Sample.entry(more: #","untried":["does-not-start"]"#)], rules: rules)
        let text = JUnitReporter.render(report)
        #expect(text.contains(#"name="interpreter"/>"#))
        #expect(text.contains(##"name="does-not-start"><skipped message="not tried" type="untried"></skipped>"##))
    }

    @Test func junitsCountsAreThoseOfItsCases() throws {
        let text = JUnitReporter.render(try mixed())
        let cases = text.split(separator: "\n").filter { $0.hasPrefix("    <testcase ") }
        func number(_ name: String, of tag: String) -> [Int] {
            text.split(separator: "\n").filter { $0.contains("<\(tag) ") }.compactMap { line in
                line.firstRange(of: " \(name)=\"").flatMap { Int(line[$0.upperBound...].prefix { $0 != "\"" }) }
            }
        }
        #expect(number("tests", of: "testsuites") == [cases.count])
        #expect(number("tests", of: "testsuite").reduce(0, +) == cases.count)
        #expect(number("failures", of: "testsuites") == [cases.count { $0.contains("<failure ") }])
        #expect(number("failures", of: "testsuites") == [1])
        #expect(number("errors", of: "testsuites") == [2])
        #expect(number("skipped", of: "testsuite").reduce(0, +) == cases.count { $0.contains("<skipped ") })
        #expect(text.contains("name=\"./dist/b c\"") && text.contains("time=\"61.005\""))
    }

    // MARK: TAP 13

    @Test func tapsPlanIsTheNumberOfItsTests() throws {
        let lines = TAPReporter.render(try mixed()).split(separator: "\n")
        #expect(lines[0] == "TAP version 13")
        #expect(lines[1] == "1..5")
        let tests = lines.filter { $0.hasPrefix("ok ") || $0.hasPrefix("not ok ") }
        #expect(tests.enumerated().allSatisfy { $1.contains("ok \($0 + 1) - ") })
        #expect(tests.count == 5)
        #expect(tests.count { $0.hasPrefix("ok ") } == 2)
        #expect(tests[2].hasSuffix("# SKIP not for Linux"))
    }

    @Test func anEmptyReportHasAnEmptyPlan() throws {
        #expect(TAPReporter.render(try Sample.report([])) == "TAP version 13\n1..0\n")
    }

    // MARK: GitLab Code Quality

    @Test func gitLabsIssuesHaveTheRequiredFields() throws {
        let text = try GitLabReporter.render(mixed())
        let issues = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
        #expect(issues.map { $0["severity"] as? String } == ["blocker", "major", "info", "critical", "critical"])
        #expect(issues.map { $0["check_name"] as? String }.prefix(2) == ["interpreter", "time-zones"])
        for issue in issues {
            #expect((issue["description"] as? String)?.isEmpty == false)
            #expect((issue["fingerprint"] as? String)?.wholeMatch(of: /[0-9a-f]{64}/) != nil)
            let location = try #require(issue["location"] as? [String: Any])
            #expect((location["path"] as? String)?.hasPrefix("./") == false)
            #expect((location["lines"] as? [String: Int])?["begin"] == 1)
        }
        #expect(Set(issues.compactMap { $0["fingerprint"] as? String }).count == issues.count)
        #expect(try GitLabReporter.render(Sample.report([])) == "[\n\n]\n")
    }

    // MARK: GitHub

    @Test func gitHubGetsAtMostTenOfAKindErrorsFirst() throws {
        let findings = try (0..<12).flatMap { index in
            try ["error", "warning", "note"].map { try Sample.finding("rule-\(index)", $0, message: "\(index)") }
        }
        let lines = GitHubReporter.render(try Sample.report([Sample.entry(verdict: "not-ready", findings: findings)]))
            .split(separator: "\n")
        let kinds = lines.map { $0.dropFirst(2).prefix { $0 != " " } }
        #expect(kinds.count { $0 == "error" } == 10 && kinds.count { $0 == "warning" } == 10)
        #expect(kinds.count { $0 == "notice" } == 10)
        #expect(lines.last == "::notice title=scratchcheck::7 more: see the report")
        let order = ["error", "warning", "notice"].flatMap { kind in Array(repeating: kind, count: 10) }
        #expect(kinds.map(String.init) == order)
    }

    @Test func aFindingInATextHasItsPlace() throws {
        let finding = try Sample.finding("dockerfile-root-user", more: ",\"line\":3,\"column\":5")
        let report = try Sample.report([
            Sample.entry("Dockerfile", kind: "dockerfile", platform: nil, verdict: "not-ready", findings: [finding])
        ])
        #expect(
            GitHubReporter.render(report).hasPrefix("::error file=Dockerfile,line=3,col=5,title=dockerfile-root-user::")
        )
        #expect(TextReporter(colour: false).render(report).contains("Dockerfile:3:5"))
    }

    // MARK: Text and Markdown

    @Test func theTextCountsAndNamesWhatIsWrong() throws {
        let text = TextReporter(colour: false).render(try mixed())
        #expect(text.contains("1 ready, 1 not ready, 1 not applicable, 1 failed"))
        #expect(text.contains("error: linux/386:\n  go build failed\n  line\n"))
        #expect(text.contains("error: dist/e: no room\n"))
        #expect(!text.contains("\u{1b}"))
        #expect(TextReporter(colour: true).render(try mixed()).contains("\u{1b}[31m"))
        #expect(TextReporter(colour: false).render(try Sample.report([])) == "nothing was checked\n")
    }

    @Test func theSameFindingIsToldOnce() throws {
        let finding = try Sample.finding()
        let entries = try ["a", "b", "c"].map {
            try Sample.entry($0, verdict: "not-ready", findings: $0 == "c" ? [] : [finding])
        }
        let text = TextReporter(colour: false).render(try Sample.report(entries))
        #expect(text.split(separator: "\n").count { $0.hasPrefix("error: ") } == 1)
        #expect(text.contains("  in:        a, b\n"))
        let both = TextReporter(colour: false).render(try Sample.report(Array(entries.prefix(2))))
        #expect(both.contains("  in:        both files\n"))
    }

    @Test(arguments: ReportFormat.allCases) func onlySomeFormatsNeedDigestsAndSizes(format: ReportFormat) {
        #expect(format.showsDigests == ["json", "sarif"].contains(format.rawValue))
        #expect(format.showsSizes == (format == .html))
        #expect(format.writesJobSummary == (format == .github))
    }
}
