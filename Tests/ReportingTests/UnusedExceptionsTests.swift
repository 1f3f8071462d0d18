import GoBinary
import Testing
import Verification

@testable import Reporting

/// With notes, a report names the exceptions that let nothing pass.
@Suite struct UnusedExceptionsTests {
    private static let linux = Platform(goos: "linux", goarch: "amd64")
    private static let arm = Platform(goos: "linux", goarch: "arm64")

    private func unused(_ exception: Exception, problems: [String] = []) throws -> Bool {
        let passed = try Sample.finding("packed", "note", more: ",\"exception\":\"on purpose\"")
        let entries = try [
            Sample.entry(findings: [passed], more: ",\"package\":\"example.com/a\""),
            Sample.entry(
                "dist/b", findings: [], more: ",\"package\":\"example.com/b\",\"untried\":[\"vulnerable\"]"),
        ]
        let sample = try Sample.report(entries, problems: problems)
        let policy = try Policy(changes: [], exceptions: [exception], today: "2026-11-28")
        let report = Report(
            tool: sample.tool, policy: PolicySummary(policy), entries: sample.entries, problems: sample.problems)
        let text = TextReporter(colour: false, showsNotes: true).render(report)
        let isNamed = text.contains("the exception to \(exception.rule) let nothing pass: \(exception.reason)\n")
        #expect(isNamed == !report.unusedExceptions.isEmpty)
        #expect(!TextReporter(colour: false, showsNotes: false).render(report).contains("let nothing pass"))
        return isNamed
    }

    @Test(arguments: [
        (Exception(rule: "packed", reason: "on purpose"), false),
        (Exception(rule: "packed", reason: "on purpose", packages: ["example.com/..."]), false),
        (Exception(rule: "interpreter", reason: "on purpose"), true),
        (Exception(rule: "packed", reason: "for b", packages: ["example.com/b"]), true),
        (Exception(rule: "packed", reason: "for amd64", platforms: [linux]), true),
        // What the run did not look at may need them.
        (Exception(rule: "packed", reason: "for c", packages: ["example.com/c"]), false),
        (Exception(rule: "packed", reason: "for arm64", platforms: [arm]), false),
        (Exception(rule: "packed", reason: "in the image", paths: ["/app"]), false),
        (Exception(rule: "vulnerable", reason: "for b", packages: ["example.com/b"]), false),
        (Exception(rule: "interpreter", reason: "over", until: "2026-01-01"), false),
    ])
    func whatLetsNothingPassIsNamed(exception: Exception, isUnused: Bool) throws {
        #expect(try unused(exception) == isUnused)
    }

    @Test func aRunThatFailedNamesNone() throws {
        let exception = Exception(rule: "interpreter", reason: "on purpose")
        #expect(try !unused(exception, problems: ["{\"message\":\"linux/arm64: it does not compile\"}"]))
    }
}
