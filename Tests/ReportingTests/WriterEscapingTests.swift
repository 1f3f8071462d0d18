import Attestation
import Configuration
import Foundation
import TestSupport
import Testing
import Verification

@testable import Reporting

/// Texts from outside (names, messages, fields of reports that were read) cannot change what a format means.
@Suite struct WriterEscapingTests {
    /// Whether a text holds a character that terminals and logs act on, other than the newlines of the format itself.
    private func isSafe(_ text: String) -> Bool { !text.unicodeScalars.contains { $0.isHazardous && $0 != "\n" } }

    @Test(arguments: ReportFormat.allCases) func noControlCharacterIsWritten(format: ReportFormat) throws {
        let text = try format.render(Sample.hostileReport(), colour: false)
        #expect(isSafe(text))
        #expect(text.hasSuffix("\n"))
        #expect(
            text.contains(format == .json || format == .sarif || format == .gitlab ? "\\u001b" : "u{1b}")
                || format == .markdown)
    }

    @Test(arguments: ReportFormat.allCases) func theGateIsAsCareful(format: ReportFormat) throws {
        let entry = GateReport.Entry(
            path: Sample.hostile, platform: Sample.hostile, refused: .otherVerifier(id: Sample.hostile))
        let report = GateReport(
            tool: .init(version: "1", go: nil), policy: .standard, binaries: [entry],
            missingPlatforms: [Sample.hostile], problems: [.init(path: Sample.hostile, message: Sample.hostile)])
        #expect(isSafe(try format.render(report, colour: false)))
    }

    @Test func anImageReportIsPrintable() {
        let report = ImageReport(
            tool: .init(version: "1", go: nil), name: Sample.hostile, digest: "sha256:0", outputs: [Sample.hostile],
            pushed: Sample.hostile,
            platforms: [
                .init(
                    platform: Sample.hostile, digest: "sha256:0",
                    programs: [.init(path: "x", size: 1, layer: "sha256:00")], pulled: 1, unpacked: 1,
                    files: [.init(path: Sample.hostile, size: 1, stampedName: Sample.hostile)])
            ])
        #expect(isSafe(report.text))
    }

    /// JSON documents say the same text to a reader, escaped or not.
    @Test(arguments: [ReportFormat.json, .sarif, .gitlab]) func jsonKeepsTheText(format: ReportFormat) throws {
        let text = try format.render(Sample.hostileReport(), colour: false)
        let json = try JSONSerialization.jsonObject(with: Data(text.utf8))
        func strings(_ value: Any) -> [String] {
            switch value {
            case let text as String: [text]
            case let list as [Any]: list.flatMap(strings)
            case let object as [String: Any]: object.values.flatMap(strings)
            default: []
            }
        }
        #expect(strings(json).contains { $0.contains(Sample.hostile) })
    }

    /// Python's parser reads the XML, and finds the text in one attribute, not as elements.
    @Test func junitIsWellFormedXML() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(JUnitReporter.render(Sample.hostileReport()), to: "r.xml")
        let script = """
            import sys, xml.etree.ElementTree as tree
            root = tree.parse(sys.argv[1]).getroot()
            assert {e.tag for e in root.iter()} <= {'testsuites', 'testsuite', 'testcase', 'failure', 'error', 'skipped', 'system-out'}
            names = [s.get('name') for s in root]
            assert names[0].startswith('a|b<c>&"\\'#%,:`*_\\\\ ]]> '), names[0]
            assert '\\\\u{1b}[31m' in names[0], names[0]
            """
        #expect(throws: Never.self) { try Python.run(script, [file.path]) }
    }

    @Test func htmlHasNoElementFromOutside() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(HTMLReporter.render(Sample.hostileReport()), to: "r.html")
        let script = """
            import sys
            from html.parser import HTMLParser
            class Parser(HTMLParser):
                tags, texts = set(), []
                def handle_starttag(self, tag, attributes): self.tags.add(tag)
                def handle_data(self, data): self.texts.append(data)
            parser = Parser()
            parser.feed(open(sys.argv[1]).read())
            assert 'c' not in parser.tags and 'script' not in parser.tags, parser.tags
            assert any('a|b<c>&"' in text for text in parser.texts)
            """
        #expect(throws: Never.self) { try Python.run(script, [file.path]) }
    }

    /// GitHub Flavored Markdown: a pipe ends a cell unless a backslash is before it.
    @Test func markdownKeepsItsColumns() throws {
        let text = MarkdownReporter.render(try Sample.hostileReport())
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("|") }
        #expect(rows.count == 5)
        // package, platform, verdict, proof, size, time
        for row in rows { #expect(row.replacing("\\\\", with: "").replacing("\\|", with: "").count { $0 == "|" } == 7) }
        // In code (four spaces, or between backticks) everything is text.
        let prose = text.split(separator: "\n").filter { !$0.hasPrefix("    ") }.joined(separator: "\n")
            .replacing("\\`", with: "").replacing(/`[^`\n]*`/, with: "")
        #expect(!prose.replacing("\\<", with: "").contains("<"))
        #expect(!text.contains("\n::error"))
    }

    /// The inverse of what actions/runner does (ActionCommand.cs): `%25`, `%0D`, `%0A`, and in properties `%3A`, `%2C`.
    @Test func workflowCommandsAreReadBackWhole() throws {
        let lines = GitHubReporter.render(try Sample.hostileReport()).split(separator: "\n")
        #expect(lines.count == 3)
        func unescaped(_ text: some StringProtocol) -> String {
            [("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")].reduce(String(text)) {
                $0.replacing($1.0, with: $1.1)
            }
        }
        for line in lines {
            let command = try #require(line.wholeMatch(of: /::(error) ((?:[a-zA-Z]+=[^,:]*,?)+)::(.*)/))
            #expect(!command.3.contains("\r"))
            #expect(unescaped(command.3).contains("#%,:`*_\\ ]]> \\u{1b}[31m"))
            for property in command.2.split(separator: ",") {
                #expect(["file", "line", "col", "title"].contains(property.prefix { $0 != "=" }))
            }
        }
    }

    /// TAP 13: `#` starts a directive, and the YAML block ends with three dots on a line of their own.
    @Test func tapHasNoDirectiveFromOutside() throws {
        let text = TAPReporter.render(try Sample.hostileReport())
        for line in text.split(separator: "\n") where line.hasPrefix("not ok") || line.hasPrefix("ok") {
            #expect(!line.replacing("\\#", with: "").contains("#"))
        }
        #expect(
            text.split(separator: "\n").count { $0 == "  ---" } == text.split(separator: "\n").count { $0 == "  ..." })
        let quoted = text.split(separator: "\n").filter { $0.hasPrefix("  ") && $0.contains(": '") }
        for line in quoted {
            let body = line.split(separator: ": '", maxSplits: 1)[1]
            #expect(body.hasSuffix("'") && body.dropLast().replacing("''", with: "").count { $0 == "'" } == 0)
        }
    }

    @Test(arguments: [
        ("plain ünïcode", "plain ünïcode"), ("a\nb", "a\\u{a}b"), ("\u{1b}[2J", "\\u{1b}[2J"), ("\u{7f}", "\\u{7f}"),
        ("x\u{202e}y", "x\\u{202e}y"), ("\u{9b}31m", "\\u{9b}31m"), ("\u{2028}", "\\u{2028}"),
        ("\u{feff}", "\\u{feff}"),
        ("\u{e000}", "\\u{e000}"), ("日本 🎉", "日本 🎉"), ("", ""),
    ])
    func namesCannotSteerATerminal(text: String, shown: String) { #expect(text.printable == shown) }

    @Test func linesStayLines() {
        #expect("a\n\n\tb".printableLines == ["a", "", "\tb"])
        #expect("".printableLines == [""])
    }
}
