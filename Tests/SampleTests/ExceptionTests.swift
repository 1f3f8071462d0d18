import GoBinary
import TestSupport
import Testing
import Verification

@Suite struct ExceptionTests {
    private func judge(_ sample: String, _ exceptions: [Exception], today: String = "2026-06-01") throws -> Judgement {
        let policy = try Policy(
            changes: [.init(rule: "debug-data", level: .error)], exceptions: exceptions, today: today)
        return policy.judge(Subject(try Checkout.bytes(ofSample: sample), expected: nil, permissions: 0o755))
    }

    private func exception(
        until: String? = nil, packages: [String] = [], platforms: [Platform] = []
    ) -> Exception {
        Exception(rule: "debug-data", reason: "we debug", until: until, packages: packages, platforms: platforms)
    }

    @Test func aFindingIsLetPassWithItsReason() throws {
        #expect(try judge("go-linux-amd64", []).verdict == .notReady)
        let judgement = try judge("go-linux-amd64", [exception()])
        #expect(judgement.verdict == .ready)
        let finding = try #require(judgement.findings.first { $0.rule == "debug-data" })
        #expect(finding.level == .note)
        #expect(finding.exception == "we debug")
    }

    @Test func itHoldsForItsProgramsAlone() throws {
        let own = try #require(
            Subject(try Checkout.bytes(ofSample: "go-linux-amd64"), expected: nil).buildInfo?.path)
        let arm = try Platform(parsing: "linux/arm")
        #expect(try judge("go-linux-amd64", [exception(packages: [own])]).verdict == .ready)
        #expect(try judge("go-linux-amd64", [exception(packages: ["example.com/other"])]).verdict == .notReady)
        #expect(try judge("go-linux-amd64", [exception(platforms: [arm])]).verdict == .notReady)
        #expect(try judge("go-linux-arm", [exception(platforms: [arm])]).verdict == .ready)
    }

    @Test(arguments: [("2026-06-01", Verdict.ready), ("2026-05-31", .notReady)])
    func itEnds(until: String, verdict: Verdict) throws {
        #expect(try judge("go-linux-amd64", [exception(until: until)]).verdict == verdict)
    }

    /// A stamp holds the digest of this text: what is let pass is part of it, the words of the reason are not.
    @Test func thePolicysTextNamesWhatIsLetPass() throws {
        func text(_ exceptions: [Exception]) throws -> String {
            try Policy(changes: [], exceptions: exceptions, today: "2026-06-01").canonicalText
        }
        #expect(try text([exception()]) != Policy.standard.canonicalText)
        #expect(try text([exception()]) == text([Exception(rule: "debug-data", reason: "other words")]))
        #expect(try text([exception(until: "2026-01-01")]) == Policy.standard.canonicalText)
        #expect(throws: PolicyError.self) { try text([Exception(rule: "nothing", reason: "")]) }
    }
}
