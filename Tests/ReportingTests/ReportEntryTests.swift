import Attestation
import Configuration
import Foundation
import GoBinary
import Testing
import Verification

@testable import Reporting

/// What an entry is, and how each format says so.
@Suite struct ReportEntryTests {
    private func kind(_ entry: ReportEntry) -> ReportEntryKind { entry.content.kind }

    private func gateReport() throws -> GateReport {
        GateReport(
            tool: .init(version: "1", go: nil), policy: .standard,
            binaries: [
                .init(path: "app", platform: "linux/386", refused: .noStamp), .init(path: "b", refused: .otherPolicy),
            ], missingPlatforms: ["linux/arm64"], problems: [])
    }

    // MARK: JSON

    @Test(arguments: [
        (nil, ReportEntryKind.binary), ("binary", .binary), ("image", .image), ("dockerfile", .dockerfile),
        ("left-out", .leftOut),
    ])
    func anEntryIsReadByItsKind(word: String?, kind: ReportEntryKind) throws {
        let report = try Sample.report([Sample.entry(kind: word)])
        #expect(report.entries.map { self.kind($0) } == [kind])
        let written = try Sample.object(JSONReporter.render(report))
        let entry = try #require((written["binaries"] as? [[String: Any]])?.first)
        #expect(entry["kind"] as? String == kind.rawValue)
        #expect(entry["path"] as? String == "dist/app")
        #expect(entry["milliseconds"] as? Int == 1)
    }

    @Test func anUnknownKindIsRefused() {
        #expect(throws: DecodingError.self) { try Sample.report([Sample.entry(kind: "archive")]) }
    }

    @Test func eachFieldOfABinarySurvives() throws {
        let more = """
            ,"package":"x.org/a","source":"a/main.go","size":7,"sha256":"\(String(repeating: "a", count: 64))",
            "goVersion":"go1.27","stamp":"dist/app.intoto.json","proof":{"outcome":"ran","by":"linux"},
            "reproduction":{"isIdentical":false,"differences":["x"]},
            "sizes":{"parts":[{"name":"n","size":7}]}
            """
        let text = try Sample.entry(
            kind: "binary", findings: [Sample.finding(more: ",\"line\":3,\"column\":4")], more: more)
        let written = try Sample.object(JSONReporter.render(Sample.report([text])))
        let entry = try #require((written["binaries"] as? [Any])?.first as? NSDictionary)
        #expect(entry == (try Sample.object(text)) as NSDictionary)
    }

    @Test func theGatesJSONKeepsItsForm() throws {
        let json = try Sample.object(ReportFormat.json.render(gateReport(), colour: false))
        let entry = try #require((json["binaries"] as? [[String: Any]])?.first)
        #expect(Set(entry.keys) == ["path", "platform", "isAdmitted", "reason", "message"])
        #expect(entry["reason"] as? String == "missing")
        #expect(json["missingPlatforms"] as? [String] == ["linux/arm64"])
    }

    @Test func aGateDecisionIsReadBackFromAReport() throws {
        let report = try gateReport().report
        let again = try JSONDecoder().decode(Report.self, from: Data(JSONReporter.render(report).utf8))
        #expect(again.entries.map { kind($0) } == [.gateDecision, .gateDecision])
        #expect(again.entries.map(\.verdict) == [.notReady, .notReady])
    }

    // MARK: SARIF

    private func artifacts(_ entry: ReportEntry) throws -> [[String: Any]] {
        let report = Report(tool: .init(version: "1", go: nil), policy: .standard, entries: [entry], problems: [])
        let log = try Sample.object(SARIFReporter.render(report))
        return (log["runs"] as? [[String: Any]])?.first?["artifacts"] as? [[String: Any]] ?? []
    }

    @Test func sarifKnowsAProgramFromADockerfile() throws {
        let report = try Sample.report([Sample.entry(), Sample.entry("Dockerfile", kind: "dockerfile", platform: nil)])
        #expect(try artifacts(report.entries[0]).map { $0["mimeType"] as? String } == ["application/x-executable"])
        #expect(try artifacts(report.entries[1]).map { $0["mimeType"] as? String } == ["text/x-dockerfile"])
        #expect(try artifacts(gateReport().report.entries[0]).count == 1)
    }

    /// SARIF 2.1.0, section 3.24.3: a nested artifact names its parent by index, and its place by a path from the root.
    @Test func theProgramOfAnImageIsNestedInTheImage() throws {
        let image = ImageProgramReport(
            image: "oci:out", program: "/app", platform: try Platform(parsing: "linux/arm64"), verdict: .ready,
            bytes: [1, 2, 3], duration: .zero)
        let artifacts = try artifacts(.image(image))
        #expect(
            artifacts.map { $0["mimeType"] as? String } == [
                "application/vnd.oci.image.manifest.v1+json", "application/x-executable",
            ])
        #expect(artifacts.map { $0["parentIndex"] as? Int } == [nil, 0])
        #expect(artifacts.map { ($0["location"] as? [String: String])?["uri"] } == ["oci%3Aout", "/app"])
        #expect(artifacts.map { $0["length"] as? Int } == [nil, 3])
        // sha256sum of the bytes 1, 2, 3
        let digest = "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81"
        #expect(artifacts.map { ($0["hashes"] as? [String: String])?["sha-256"] } == [nil, digest])
    }

    @Test func anImageThatStartsNothingIsAnImageAlone() throws {
        let image = ImageProgramReport(image: "oci:out", platform: nil, verdict: .notApplicable, duration: .zero)
        #expect(image.path == "oci:out")
        #expect(try artifacts(.image(image)).count == 1)
    }

    // MARK: JUnit and TAP

    @Test(arguments: [
        ("binary", "linux/amd64", "scratchcheck.linux-amd64"), ("binary", "linux/arm/v7", "scratchcheck.linux-arm-v7"),
        ("binary", nil, "scratchcheck.unknown"), ("image", "linux/amd64", "scratchcheck.image.linux-amd64"),
        ("dockerfile", nil, "scratchcheck.dockerfile"),
    ])
    func junitGroupsByKindAndPlatform(kind: String, platform: String?, group: String) throws {
        let text = JUnitReporter.render(try Sample.report([Sample.entry(kind: kind, platform: platform)]))
        #expect(text.contains("classname=\"\(group)\""))
        #expect(text.matches(of: /classname="([^"]*)"/).allSatisfy { $0.1 == group })
    }

    @Test func junitRunsTheRulesOfTheKind() throws {
        let binary = JUnitReporter.render(try Sample.report([Sample.entry()]))
        #expect(binary.contains("name=\"interpreter\"") && !binary.contains("name=\"dockerfile-root-user\""))
        #expect(!binary.contains("name=\"packed\""), "the policy turns it off")
        let file = JUnitReporter.render(
            try Sample.report([Sample.entry("Dockerfile", kind: "dockerfile", platform: nil)]))
        #expect(file.contains("name=\"dockerfile-root-user\"") && !file.contains("name=\"interpreter\""))
    }

    @Test(arguments: [ReportFormat.junit, .tap]) func aTestThatCouldNotBeBuiltSaysWhy(format: ReportFormat) throws {
        let report = try Sample.report(
            [Sample.entry(verdict: "failed"), Sample.entry(platform: "linux/386", verdict: "failed")],
            problems: [
                #"{"platform":"linux/amd64","message":"undefined: x"}"#, #"{"path":"other","message":"no room"}"#,
            ])
        let text = try format.render(report, colour: false)
        #expect(text.split(separator: "undefined: x").count == 2)
        #expect(text.contains("no room"))
    }

    /// A YAML mapping has each key once (YAML 1.2.2, 3.2.1.3).
    @Test func findingsOfOneRuleAreAList() throws {
        let findings = try ["a", "b"].map { try Sample.finding("needed-library", message: "it needs '\($0)'") }
        let all = try [Sample.finding()] + findings + [Sample.finding("packed", message: "it is packed")]
        let text = TAPReporter.render(try Sample.report([Sample.entry(verdict: "not-ready", findings: all)]))
        let block = """
              ---
              interpreter: 'it does not start (PT_INTERP)'
              needed-library:
                - 'it needs ''a'' (PT_INTERP)'
                - 'it needs ''b'' (PT_INTERP)'
              packed: 'it is packed (PT_INTERP)'
              ...
            """
        #expect(text.contains(block), "\(text)")
    }

    @Test func aGateDecisionIsOneTest() throws {
        let text = JUnitReporter.render(try gateReport().report)
        #expect(text.contains("classname=\"scratchcheck.gate.linux-386\" name=\"gate-missing\"><failure"))
        #expect(text.contains("classname=\"scratchcheck.gate\" name=\"gate-stale-policy\"><failure"))
        #expect(text.contains("<testsuites name=\"scratchcheck\" tests=\"3\" failures=\"2\" errors=\"1\">"))
    }

    @Test(arguments: [
        ("binary", "not for Linux"), ("image", "not for Linux"),
        ("dockerfile", "its final stage is from neither scratch nor distroless"),
    ])
    func whatDoesNotApplyIsSkippedForItsOwnReason(kind: String, reason: String) throws {
        let report = try Sample.report([Sample.entry(kind: kind, verdict: "not-applicable")])
        #expect(TAPReporter.render(report).contains("# SKIP \(reason)\n"))
        #expect(JUnitReporter.render(report).contains("<skipped message=\"\(reason)\""))
    }

    // MARK: Exit codes

    @Test(arguments: [
        (["ready"], 0, Int32(0)), (["ready", "not-applicable"], 0, 0), (["ready", "not-ready"], 0, 1),
        (["failed", "not-ready"], 0, 2), (["ready"], 1, 2), ([], 0, 2), (["ready", "left-out"], 0, 0),
        (["left-out"], 0, 2),
    ])
    func theExitCodeIsTheWorstOfTheEntries(verdicts: [String], problems: Int, code: Int32) throws {
        let report = try Sample.report(
            verdicts.map { try Sample.entry(verdict: $0) },
            problems: Array(repeating: "{\"message\":\"no room\"}", count: problems))
        #expect(report.exitCode == code)
    }

    /// Every format but those that hold failures only says under which name a renamed file was stamped.
    @Test(arguments: [ReportFormat.text, .json, .sarif, .markdown, .html])
    func aRenamedFileIsShownWithBothNames(format: ReportFormat) throws {
        let json = """
            {"path":"bin/server","isAdmitted":true,"platform":"linux/amd64","size":7,"timeVerified":"2027-01-15T08:00:00Z",
            "sha256":"\(String(repeating: "a", count: 64))","stampedName":"stamped-name"}
            """
        let entry = try JSONDecoder().decode(GateReport.Entry.self, from: Data(json.utf8))
        let report = GateReport(
            tool: .init(version: "1", go: nil), policy: .standard, binaries: [entry], missingPlatforms: [], problems: []
        )
        #expect(report.exitCode == 0)
        let text = try format.render(report, colour: false)
        #expect(text.contains("stamped-name") && text.contains("bin/server"), "\(text)")
    }

    /// A level of a rule decides whether a program that is not built makes the run fail.
    @Test(arguments: [("note", Int32(0)), ("warning", 0), ("error", 1)])
    func aMissingProgramIsAsBadAsItsFinding(level: String, code: Int32) throws {
        let finding = try Sample.finding("cgo-left-out", level)
        let report = try Sample.report([
            Sample.entry(), Sample.entry("cmd/x", kind: "left-out", verdict: "left-out", findings: [finding]),
        ])
        #expect(report.exitCode == code)
        #expect(TextReporter(colour: false).render(report).hasSuffix("1 ready, 1 left out\n"))
        #expect(JUnitReporter.render(report).contains(level == "error" ? "<failure" : "<skipped"))
        #expect(TAPReporter.render(report).contains(level == "error" ? "not ok 2" : "ok 2"))
        #expect(try artifacts(report.entries[1]).isEmpty, "there is no file")
    }

    @Test func aSummaryWithoutTheCountIsOfAnOlderVersion() throws {
        let text = "{\"ready\":1,\"notReady\":0,\"notApplicable\":0,\"failed\":0}"
        #expect(try JSONDecoder().decode(Report.Summary.self, from: Data(text.utf8)).leftOut == 0)
    }

    @Test func theGatesExitCodeCountsWhatIsMissing() throws {
        #expect(try gateReport().exitCode == 1)
        let empty = GateReport(
            tool: .init(version: "1", go: nil), policy: .standard, binaries: [], missingPlatforms: [], problems: [])
        #expect(empty.exitCode == 2)
    }
}
