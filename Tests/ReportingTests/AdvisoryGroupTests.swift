import Attestation
import TestSupport
import Testing

@testable import Reporting
@testable import Verification

/// Vulnerabilities of one version of a module are told as one finding to people, and one by one to programs.
struct AdvisoryGroupTests {
    private struct Lookup: AdvisoryLookup {
        let result: AdvisoryScan

        func scan(_ subject: Subject) -> AdvisoryScan? { result }
    }

    private static func advisory(_ number: Int, fixed: String?) -> Advisory {
        Advisory(
            id: "GO-2026-000\(number)", summary: "Fault \(number)", module: "example.com/lib", version: "v1.0.0",
            fixedVersion: fixed, state: .linked, functions: ["example.com/lib.F\(number)"])
    }

    private static func report(_ files: [String: [Advisory]]) -> Report {
        let binaries = files.sorted { $0.key < $1.key }.map { path, advisories in
            let scan = AdvisoryScan(databaseModified: "2026-01-02T03:04:05Z", advisories: advisories)
            let judgement = Policy.standard.lookingUp(in: Lookup(result: scan))
                .judge(Subject(GoProgram().bytes, expected: nil))
            return BinaryReport(
                path: path, package: nil, platform: nil, verdict: judgement.verdict, duration: .zero,
                findings: judgement.findings, vulnerabilities: judgement.advisories)
        }
        return Report(tool: .init(version: "1", go: nil), policy: .standard, binaries: binaries, problems: [])
    }

    @Test("The remedy of several is the newest of their fixes, compared by numbers")
    func remedy() throws {
        let advisories = [
            Self.advisory(1, fixed: "v1.9.0"), Self.advisory(2, fixed: "v1.10.0"), Self.advisory(3, fixed: nil),
        ]
        let text = TextReporter(colour: false).render(Self.report(["a": advisories]))
        #expect(text.contains("warning: 3 known vulnerabilities of example.com/lib v1.0.0 are linked [vulnerable]\n"))
        #expect(text.contains("GO-2026-0001, GO-2026-0002, GO-2026-0003"))
        #expect(text.contains("Build with example.com/lib v1.10.0 or later. 1 has no fix yet."))
        #expect(text.contains("vulnerabilities (database of 2026-01-02):\n  a: 3 by version, 3 linked\n"))
    }

    @Test("Files that differ are told together, and that they differ")
    func differingFiles() {
        let one = Self.advisory(1, fixed: "v1.1.0")
        let other = Self.advisory(2, fixed: "v1.1.0")
        let text = TextReporter(colour: false).render(Self.report(["a": [one, other], "b": [one], "c": []]))
        #expect(text.contains("2 known vulnerabilities of example.com/lib v1.0.0 are linked, not all in each file"))
        #expect(text.contains("  c: none by version\n"))
        let page = MarkdownReporter.render(Self.report(["c": []]))
        #expect(page.contains(#"- vulnerabilities of c \(database of 2026-01-02\): none by version"#))
    }

    @Test("SARIF has a result for each, with the names by which others know it")
    func sarif() throws {
        let log = try SARIFReporter.render(
            Self.report(["a": [Self.advisory(1, fixed: nil), Self.advisory(2, fixed: nil)]]))
        #expect(log.split(separator: "\n").count { $0.contains(#""ruleId" : "vulnerable""#) } == 2)
        #expect(log.contains(#""hostedViewerUri" : "https://pkg.go.dev/vuln/GO-2026-0002""#))
    }
}
