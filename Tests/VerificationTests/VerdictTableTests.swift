import Foundation
import GoBinary
import TestSupport
import Testing
import Verification

/// The table of TestBinaries/verdicts.tsv, written from what the kernel does with each file.
@Suite struct VerdictTableTests {
    struct Row: CustomTestStringConvertible {
        let sample: String
        let platform: String?
        let verdict: String
        let rules: Set<String>

        var testDescription: String { "\(sample) for \(platform ?? "any platform")" }

        static let all: [Row] = {
            let file = Checkout.root.appending(path: "TestBinaries/verdicts.tsv")
            let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
            return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
                let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
                return Row(
                    sample: fields[0], platform: fields[1] == "-" ? nil : fields[1], verdict: fields[2],
                    rules: Set(fields[3].split(separator: ",").map(String.init)))
            }
        }()
    }

    @Test func isThere() { #expect(Row.all.count > 50) }

    @Test(arguments: Row.all) func holds(row: Row) throws {
        let subject = Subject(
            try Checkout.bytes(ofSample: row.sample), expected: try row.platform.map(Platform.init(parsing:)))
        let judgement = Policy.standard.judge(subject)
        #expect(judgement.verdict.rawValue == row.verdict)
        #expect(row.rules.isSubset(of: Set(judgement.findings.map(\.rule))))
        for finding in judgement.findings {
            #expect(!finding.remedy.isEmpty && !finding.evidence.isEmpty)
        }
    }

    /// Interpreter and needed libraries are those that readelf prints, for every sample that readelf can read.
    @Test(arguments: Set(Row.all.map(\.sample)).subtracting(["wrong-class", "pn-xnum", "bad-phentsize"]).sorted())
    func agreesWithReadelf(sample: String) throws {
        let listing = try Execution("readelf", ["-lWd", Checkout.sample(sample)]).output
        let subject = Subject(try Checkout.bytes(ofSample: sample), expected: nil)
        let rules = Set(Policy.standard.judge(subject).findings.map(\.rule))
        guard subject.image != nil else { return }
        #expect(rules.contains("interpreter") == listing.contains("[Requesting program interpreter:"))
        #expect(rules.contains("needed-library") == listing.contains("(NEEDED)"))
    }

    @Test func otherSystemsAreNotApplicableWhenAskedFor() throws {
        let subject = Subject(
            try Checkout.bytes(ofSample: "go-darwin-arm64"), expected: try Platform(parsing: "darwin/arm64"))
        #expect(Policy.standard.judge(subject).verdict == .notApplicable)
    }

    @Test func aGoBuildWithoutBuildInfoIsNotReady() throws {
        let subject = Subject(
            try Checkout.bytes(ofSample: "c-static"), expected: try Platform(parsing: "linux/amd64"), isGoBuild: true)
        #expect(Policy.standard.judge(subject).verdict == .notReady)
    }
}
