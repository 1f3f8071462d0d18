import Foundation
import TestSupport
import Testing
import Verification

/// The table of TestBinaries/hazards.tsv: what each program misses in an empty root, and what it does not.
@Suite struct HazardTableTests {
    struct Row: CustomTestStringConvertible {
        let sample: String
        let present: Set<String>
        let absent: Set<String>

        var testDescription: String { sample }

        static let all: [Row] = {
            let file = Checkout.root.appending(path: "TestBinaries/hazards.tsv")
            let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
            return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
                let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
                func names(_ field: Substring) -> Set<String> { Set(field.split(separator: ",").map(String.init)) }
                return Row(sample: "hazards/\(fields[0])", present: names(fields[1]), absent: names(fields[2]))
            }
        }()
    }

    @Test func isThere() { #expect(Row.all.count > 80) }

    /// A new rule needs a sample that it finds. These are tested where their evidence can be made: by starting a file
    /// (ProofTests), by building twice or with a version of Go (ReproductionTests), with an old Go (VerdictTableTests),
    /// in images (ForeignImageTests), and of damaged files (MovedEntryTests, LoadRuleTests), or without any file
    /// (LeftOutRuleTests), from the sources (BillCheckerTests), with a database (VulnerabilityTests), or with a cache
    /// program (CacheProgramTests).
    @Test func everyRuleAboutProgramsHasARow() {
        let elsewhere: Set = [
            "does-not-start", "does-not-answer", "does-not-stop", "not-reproducible", "wrong-go-version",
            "without-thread-setup", "entry-point",
            "runs-as-root", "unknown-user", "user-name", "climbing-name", "image-size", "moved-entry", "memory-demand",
            "left-out",
            "denied-license", "unknown-license", "vulnerable", "vulnerable-package", "build-cache", "required-fact",
            "denied-code", "capability",
        ]
        let rows = Row.all.map(\.present) + VerdictTableTests.Row.all.map(\.rules)
        let missing = Set(Rule.ofPrograms.map(\.identifier)).subtracting(rows.joined())
        #expect(missing == elsewhere)
    }

    @Test func namesRulesThatThereAre() {
        let known = Set(Rule.all.map(\.identifier))
        for row in Row.all { #expect(row.present.union(row.absent).isSubset(of: known), "\(row.sample)") }
    }

    @Test(arguments: Row.all) func holds(row: Row) throws {
        let subject = Subject(
            try Checkout.bytes(ofSample: row.sample), expected: nil,
            permissions: try Checkout.permissions(ofSample: row.sample))
        let rules = Set(Policy.standard.judge(subject).findings.map(\.rule))
        #expect(row.present.subtracting(rules).isEmpty, "missing")
        #expect(row.absent.intersection(rules).isEmpty, "false alarms")
    }
}
