import TestSupport
import Testing
import Verification

@Suite struct PolicyTests {
    private func judge(_ bytes: [UInt8], _ policy: Policy, permissions: UInt32? = 0o755) -> Judgement {
        policy.judge(Subject(bytes, expected: nil, permissions: permissions))
    }

    private var dynamicProgram: [UInt8] {
        var builder = ELFBuilder()
        builder.interpreter = "/lib64/ld-linux-x86-64.so.2"
        builder.dynamic = [.needed("libc.so.6")]
        return builder.bytes
    }

    @Test func aRuleThatIsOffSaysNothing() throws {
        let policy = try Policy(changes: [
            .init(rule: "interpreter", level: nil), .init(rule: "needed-library", level: nil),
        ])
        #expect(judge(dynamicProgram, policy).verdict == .ready)
        #expect(judge(dynamicProgram, .standard).verdict == .notReady)
    }

    @Test func aWarningThatIsMadeAnErrorRefusesTheFile() throws {
        let strict = try Policy(changes: [.init(rule: "set-user-id", level: .error)])
        #expect(judge(ELFBuilder.staticProgram(), strict, permissions: 0o4755).verdict == .notReady)
        #expect(judge(ELFBuilder.staticProgram(), strict, permissions: 0o755).verdict == .ready)
        let standard = judge(ELFBuilder.staticProgram(), .standard, permissions: 0o4755)
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
