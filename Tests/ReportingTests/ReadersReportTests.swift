import Attestation
import Configuration
import Foundation
import Testing
import Verification

@testable import Reporting

/// What a report for people shows first, what it folds, and what it leaves out.
@Suite struct ReadersReportTests {
    private func text(_ report: Report, showsNotes: Bool = false) -> String {
        TextReporter(colour: false, showsNotes: showsNotes).render(report)
    }

    private func report(notes: Int, more: [String] = []) throws -> Report {
        let notes = try (0..<notes).map { try Sample.finding("rule-\($0)", "note", message: "note number \($0)") }
        return try Sample.report([Sample.entry(findings: notes + more)])
    }

    // MARK: Notes

    @Test(arguments: [
        (1, "1 note: --notes shows it\n"), (2, "2 notes: --notes shows them\n"), (11, "11 notes: --notes shows them\n"),
    ])
    func aLineCountsTheNotes(count: Int, line: String) throws {
        let report = try report(notes: count)
        #expect(text(report).contains("\n" + line))
        #expect(!text(report).contains("note number"))
    }

    @Test func withoutNotesNothingIsSaidOfThem() throws {
        #expect(try !text(report(notes: 0)).contains("note"))
        #expect(try !text(report(notes: 0), showsNotes: true).contains("note"))
    }

    @Test func theOptionShowsTheNotesInsteadOfTheirNumber() throws {
        let shown = text(try report(notes: 2), showsNotes: true)
        #expect(shown.contains("note: note number 0 (PT_INTERP) [rule-0]\n"))
        #expect(shown.contains("note: note number 1 (PT_INTERP) [rule-1]\n"))
        #expect(!shown.contains("--notes"))
    }

    @Test func whatBreaksComesFirstAndTheNumberOfNotesLast() throws {
        let more = try [
            Sample.finding("time-zones", "warning", message: "may break"),
            Sample.finding("interpreter", "error", message: "breaks"),
        ]
        let text = text(try report(notes: 3, more: more))
        let places = ["error: breaks", "warning: may break", "3 notes:"].map { text.firstRange(of: $0)?.lowerBound }
        #expect(!places.contains(nil))
        #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
    }

    /// An exception to an error is a decision about the program, and people must see that it was made.
    @Test(arguments: [("interpreter", true), ("time-zones", true), ("debug-data", false), ("unknown-rule", false)])
    func whatWasLetPassStaysVisibleIfItMayFail(rule: String, isVisible: Bool) throws {
        let finding = try Sample.finding(rule, "note", message: "let through", more: ",\"exception\":\"we know\"")
        let report = try report(notes: 1, more: [finding])
        #expect(
            text(report).contains("note: let through (PT_INTERP); let pass, because: we know [\(rule)]\n") == isVisible)
        #expect(text(report).contains(isVisible ? "1 note: --notes shows it" : "2 notes: --notes shows them"))
        let markdown = MarkdownReporter.render(report)
        let folded = markdown.firstRange(of: "<details>")?.lowerBound ?? markdown.endIndex
        let place = try #require(markdown.firstRange(of: "let through")?.lowerBound)
        #expect((place < folded) == isVisible)
    }

    @Test(arguments: [ReportFormat.json, .sarif, .html, .markdown, .github, .gitlab, .junit, .tap])
    func otherFormatsKeepEveryNote(format: ReportFormat) throws {
        let made = try format.render(report(notes: 3), colour: false)
        for note in 0..<3 { #expect(made.contains("note number \(note)") || format == .tap, "\(format)") }
    }

    /// GitHub Flavored Markdown, section 4.6: a blank line ends a block of HTML, and what follows is Markdown again.
    @Test func markdownFoldsNotes() throws {
        let markdown = MarkdownReporter.render(try report(notes: 1))
        #expect(markdown.contains("<details><summary>1 note</summary>\n\n**note**: note number 0"))
        #expect(markdown.hasSuffix("</details>\n\n"))
        #expect(!MarkdownReporter.render(try report(notes: 0)).contains("details"))
    }

    // MARK: Headlines

    @Test(arguments: [ReportFormat.text, .markdown, .html]) func theHeadlineIsTheSameEverywhere(
        format: ReportFormat
    ) throws {
        let warning = try Sample.finding("time-zones", "warning")
        let report = try Sample.report([
            Sample.entry("a", findings: [warning]), Sample.entry("b"), Sample.entry("c", verdict: "not-ready"),
        ])
        let text = try format.render(report, colour: false)
        let words = "2 ready, 1 not ready (1 with warnings)"
        switch format {
        case .html:
            #expect(text.contains("<title>scratchcheck: \(words)</title>"))
            #expect(text.contains("<h1>scratchcheck: \(words)</h1>"))
        case .markdown:
            #expect(text.hasPrefix("## scratchcheck: \(words)\n"))
        default: #expect(text.hasSuffix("\n" + words + "\n"))
        }
    }

    // MARK: Columns

    private func columns(_ entries: String...) throws -> [String] {
        let text = text(try Sample.report(entries))
        return text.split(separator: "\n")[0].split(separator: " ").map(String.init)
    }

    @Test func aColumnWithoutValuesIsLeftOut() throws {
        let dockerfile = try Sample.entry("Dockerfile", kind: "dockerfile", platform: nil, milliseconds: 7)
        #expect(try columns(dockerfile) == ["FILE", "VERDICT"])
        let program = try Sample.entry(more: ",\"size\":1")
        #expect(try columns(program) == ["FILE", "PLATFORM", "VERDICT", "SIZE", "TIME"])
        #expect(try columns(program, dockerfile) == ["FILE", "PLATFORM", "VERDICT", "SIZE", "TIME"])
        let leftOut = try Sample.entry("cmd", kind: "left-out", verdict: "left-out", more: ",\"package\":\"x.org/a\"")
        #expect(try columns(leftOut) == ["PACKAGE", "PLATFORM", "VERDICT"])
    }

    @Test func markdownHasTheSameColumns() throws {
        let report = try Sample.report([Sample.entry("Dockerfile", kind: "dockerfile", platform: nil)])
        #expect(MarkdownReporter.render(report).contains("| file | verdict |\n|---|---|\n| Dockerfile | ✅ ready |\n"))
    }

    @Test func theGateHasNoColumnForWhatNoFileHas() throws {
        let report = GateReport(
            tool: .init(version: "1", go: nil), policy: .standard,
            binaries: [.init(path: "app", refused: .noStamp)], missingPlatforms: [], problems: [])
        #expect(report.text(colour: false).hasPrefix("FILE  GATE     REASON\napp   REFUSED  missing\n"))
    }

    // MARK: Times

    private func entry(_ path: String, platform: String = "linux/amd64", sharedBuild: (Int, Int)? = nil) throws
        -> String
    {
        let shared = sharedBuild.map { ",\"sharedBuild\":{\"programs\":\($0.0),\"milliseconds\":\($0.1)}" } ?? ""
        return try Sample.entry(path, platform: platform, milliseconds: 2000, more: shared)
    }

    @Test func theTimeOfAProgramIsNotThatOfTheOthersBuiltWithIt() throws {
        let report = try Sample.report([
            entry("a"), entry("b", platform: "linux/arm64", sharedBuild: (2, 34_500)),
            entry("c", platform: "linux/arm64", sharedBuild: (2, 34_500)),
        ])
        let lines = text(report).split(separator: "\n").map(String.init)
        #expect(lines[1] == "a     linux/amd64  ready    2.0 s")
        #expect(lines[2] == "b     linux/arm64  ready        -")
        #expect(lines.dropLast().last == "built together: linux/arm64 2 programs in 34.5 s")
        #expect(try !text(Sample.report([entry("a")])).contains("together"))
    }

    @Test func theSlowestSharedBuildsAreNamed() throws {
        let entries = try (1...5).map { try entry("\($0)", platform: "linux/p\($0)", sharedBuild: (2, $0 * 1000)) }
        #expect(
            text(try Sample.report(entries)).contains(
                "linux/p5 2 programs in 5.0 s, linux/p4 2 programs in 4.0 s, linux/p3 2 programs in 3.0 s, and 2 more builds\n"
            ))
    }
}
