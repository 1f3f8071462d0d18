import TestSupport
import Testing
import Verification

@Suite struct PolicyTests {
    private func judge(_ sample: String, _ policy: Policy, permissions: UInt32? = 0o755) throws -> Judgement {
        policy.judge(Subject(try Checkout.bytes(ofSample: sample), expected: nil, permissions: permissions))
    }

    @Test func aRuleThatIsOffSaysNothing() throws {
        let policy = try Policy(changes: [
            .init(rule: "interpreter", level: nil), .init(rule: "needed-library", level: nil),
        ])
        #expect(try judge("c-dynamic", policy).verdict == .ready)
        #expect(try judge("c-dynamic", .standard).verdict == .notReady)
    }

    @Test func aWarningThatIsMadeAnErrorRefusesTheFile() throws {
        let strict = try Policy(changes: [.init(rule: "set-user-id", level: .error)])
        #expect(try judge("c-static", strict, permissions: 0o4755).verdict == .notReady)
        #expect(try judge("c-static", strict, permissions: 0o755).verdict == .ready)
        let standard = try judge("c-static", .standard, permissions: 0o4755)
        #expect(standard.verdict == .ready)
        #expect(standard.findings.contains { $0.rule == "set-user-id" && $0.level == .warning })
    }

    @Test func ofSeveralChangesTheLastCounts() throws {
        let changes: [Policy.Change] = [
            .init(rule: "packed", level: nil, reason: "a"), .init(rule: "packed", level: .note, reason: "b"),
        ]
        #expect(try Policy(changes: changes).changes == [changes[1]])
    }

    @Test func anUnknownRuleNamesTheNearest() {
        #expect {
            try Policy(changes: [.init(rule: "time-zone", level: nil)])
        } throws: {
            "\($0)" == "unknown rule 'time-zone'; did you mean 'time-zones'?"
        }
    }

    /// A stamp holds the digest of this text: it changes with a level, and not with the words of a reason.
    @Test func theCanonicalTextIsThatOfTheLevels() throws {
        func text(_ level: Level?, _ reason: String?) throws -> String {
            try Policy(changes: [.init(rule: "packed", level: level, reason: reason)]).canonicalText
        }
        #expect(try text(nil, "a") == text(nil, "b"))
        #expect(try text(nil, nil) != text(.note, nil))
        #expect(try text(.error, nil) == Policy.standard.canonicalText)
    }
}
