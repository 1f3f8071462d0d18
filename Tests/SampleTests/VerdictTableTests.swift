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
        /// What `TestBinaries/run-in-empty-root` prints.
        let kernel: String

        var testDescription: String { "\(sample) for \(platform ?? "any platform")" }

        static let all: [Row] = {
            let file = Checkout.root.appending(path: "TestBinaries/verdicts.tsv")
            let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
            return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
                let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
                return Row(
                    sample: fields[0], platform: fields[1] == "-" ? nil : fields[1], verdict: fields[2],
                    rules: Set(fields[3].split(separator: ",").map(String.init)), kernel: fields[4])
            }
        }()
    }

    @Test func isThere() { #expect(Set(Row.all.map(\.sample)).count > 150) }

    @Test(arguments: Row.all) func holds(row: Row) throws {
        let subject = Subject(
            try Checkout.bytes(ofSample: row.sample), expected: try row.platform.map(Platform.init(parsing:)),
            permissions: try Checkout.permissions(ofSample: row.sample))
        let judgement = Policy.standard.judge(subject)
        #expect(judgement.verdict.rawValue == row.verdict)
        #expect(row.rules.isSubset(of: Set(judgement.findings.map(\.rule))))
        for finding in judgement.findings {
            #expect(!finding.remedy.isEmpty && !finding.evidence.isEmpty)
        }
    }

    /// Crafted files that readelf, which goes by sections and by p_offset, reads otherwise than the kernel and the loader.
    private static let readOtherwise: Set = [
        "wrong-class", "pn-xnum", "bad-phentsize", "dynamic-outside", "interpreter-beyond-end", "interpreter-size-0",
    ]

    /// Interpreter and needed libraries are those that readelf prints, for every sample that readelf can read.
    @Test(arguments: Set(Row.all.map(\.sample)).subtracting(readOtherwise).sorted())
    func agreesWithReadelf(sample: String) throws {
        let listing = try Execution("readelf", ["-lWd", Checkout.sample(sample)]).output
        let subject = Subject(try Checkout.bytes(ofSample: sample), expected: nil)
        let rules = Set(Policy.standard.judge(subject).findings.map(\.rule))
        let tags = ["NEEDED", "FILTER", "AUXILIARY", "AUDIT", "DEPAUDIT"]
        guard subject.image != nil else { return }
        #expect(rules.contains("interpreter") == listing.contains("[Requesting program interpreter:"))
        #expect(rules.contains("needed-library") == tags.contains { listing.contains("(\($0))") })
    }

    /// Ready is what starts; what starts and is refused is refused by a rule that says so.
    @Test(arguments: Row.all) func isNeverMilderThanTheKernel(row: Row) {
        #expect(row.verdict != "ready" || row.kernel == "starts")
        #expect(row.verdict == "ready" || !row.rules.isEmpty)
    }

    /// The kernel is asked again: each sample runs alone in an empty root.
    @Test(.enabled(if: Namespaces.arePermitted), arguments: Row.all.filter { $0.kernel != "-" })
    func agreesWithTheKernel(row: Row) throws {
        let script = Checkout.root.appending(path: "TestBinaries/run-in-empty-root").path
        let answer = try Execution(script, [Checkout.sample(row.sample)]).output
        #expect(answer == row.kernel + "\n")
    }

    /// Go before 1.20 links such a program with one line of warning, and exit code 0.
    @Test(.enabled(if: (try? Execution("go", ["version"]).output.contains("go1.19")) == true))
    func aProgramThatWasLinkedWithoutItsSetupIsRefused() throws {
        let folder = try TemporaryFolder()
        let hello = Checkout.root.appending(path: "TestBinaries")
        let program = folder.url.appending(path: "app").path
        let flags = ["-ldflags", "-linkmode=external -extldflags=-static", "-o", program, "./hello"]
        let build = try Execution("go", ["build"] + flags, in: hello, environment: ["CGO_ENABLED": "0"])
        #expect(build.status == 0, "\(build.errors)")
        let script = Checkout.root.appending(path: "TestBinaries/run-in-empty-root").path
        #expect(try Execution(script, [program]).output == "fails SIGTRAP\n")
        let subject = Subject(Array(try Data(contentsOf: URL(filePath: program))), expected: nil)
        #expect(Policy.standard.judge(subject).findings.contains { $0.rule == "without-thread-setup" })
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
