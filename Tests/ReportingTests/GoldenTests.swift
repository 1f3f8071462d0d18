import Attestation
import Foundation
import GoBinary
import Reporting
import Testing
import Verification

/// One small report with everything in it that a writer must escape, in each format for people, as it was reviewed.
@Suite struct GoldenTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

    private func report() throws -> Report {
        let policy = try Policy(
            changes: [.init(rule: "packed", level: .note, reason: "a | b <c> *d* \u{1b}[31m")],
            exceptions: [.init(rule: "debug-data", reason: "long <ago>", until: "2020-01-01")], today: "2026-01-01")
        func binary(
            _ name: String, _ platform: String, _ verdict: Verdict, size: Int?, milliseconds: Int,
            findings: [Finding] = []
        ) throws -> BinaryReport {
            BinaryReport(
                path: "dist/\(platform)/\(name)", package: "example.com/\(name)", source: "cmd/\(name)/main.go",
                platform: try Platform(parsing: platform), verdict: verdict, size: size,
                duration: .milliseconds(milliseconds), findings: findings)
        }
        let script = Subject(Array("#!/bin/sh".utf8), expected: nil, permissions: 0o755)
        let leftOut = LeftOutProgram(
            package: "example.com/c|d", platform: Platform(goos: "linux", goarch: "386"), needsCgo: true,
            files: ["c#.go"])
        return Report(
            tool: .init(version: "1.2.3", go: "go1.27.3"), policy: policy,
            entries: [
                try binary("a", "linux/amd64", .ready, size: 6_234_567, milliseconds: 1234),
                try binary(
                    "a|b<c>#", "linux/arm/v7", .notReady, size: 12, milliseconds: 60_000,
                    findings: policy.judge(script).findings),
                try binary("a", "windows/amd64", .notApplicable, size: 7_000_000, milliseconds: 5),
                try binary("a", "linux/386", .failed, size: nil, milliseconds: 99),
            ].map(ReportEntry.binary) + [
                .leftOut(LeftOutReport(path: "cmd/c|d", source: "cmd/c|d/c#.go", leftOut, policy.judge(leftOut)))
            ],
            problems: [
                .init(platform: "linux/386", message: "go build failed\nmain.go:1:2: undefined: x, y % <z>"),
                .init(path: "bad\u{202e}name", message: "cannot open: 100%, really"),
            ])
    }

    @Test(arguments: ["text", "markdown", "github", "gitlab", "tap"]) func theFormIsAsReviewed(format: String) throws {
        let report = try report()
        let made =
            switch format {
            case "text": TextReporter(colour: false).render(report)
            case "markdown": MarkdownReporter.render(report)
            case "github": GitHubReporter.render(report)
            case "gitlab": try GitLabReporter.render(report)
            default: TAPReporter.render(report)
            }
        let file = GoldenTests.folder.appending(path: "\(format).txt")
        if ProcessInfo.processInfo.environment["WRITE_GOLDEN"] != nil { try Data(made.utf8).write(to: file) }
        #expect(try made == String(contentsOf: file, encoding: .utf8))
    }
}
