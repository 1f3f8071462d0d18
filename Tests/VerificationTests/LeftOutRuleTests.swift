import GoBinary
import TestSupport
import Testing
import Verification

/// Programs that are not built, and programs that are built without their files with cgo.
@Suite struct LeftOutRuleTests {
    private let platform = Platform(goos: "linux", goarch: "amd64")

    private func program(needsCgo: Bool, _ files: [String] = ["main.go"]) -> LeftOutProgram {
        LeftOutProgram(package: "example.com/m", platform: platform, needsCgo: needsCgo, files: files)
    }

    private func facts(_ judgement: Judgement) -> [String] {
        judgement.findings.map { "\($0.rule) \($0.level.rawValue) \($0.evidence)" }
    }

    @Test func theReasonIsTheRule() {
        let cgo = Policy.standard.judge(program(needsCgo: true))
        #expect(cgo.verdict == .leftOut && facts(cgo) == ["cgo-left-out warning main.go"])
        let constraints = Policy.standard.judge(program(needsCgo: false, (1...7).map { "f\($0).go" }))
        #expect(constraints.verdict == .leftOut)
        #expect(facts(constraints) == ["left-out note f1.go, f2.go, f3.go, f4.go and 3 more files"])
    }

    @Test func levelsAndExceptionsApply() throws {
        let changed = try Policy(changes: [
            .init(rule: "left-out", level: .error), .init(rule: "cgo-left-out", level: nil),
        ])
        #expect(facts(changed.judge(program(needsCgo: false))) == ["left-out error main.go"])
        #expect(changed.judge(program(needsCgo: true)).findings.isEmpty)
        for (package, level) in [("example.com/m", Level.note), ("example.com/other", .warning)] {
            let policy = try Policy(
                changes: [], exceptions: [.init(rule: "cgo-left-out", reason: "why", packages: [package])])
            #expect(policy.judge(program(needsCgo: true)).findings.map(\.level) == [level])
        }
    }

    private func evidence(functions: [String], losses: [CgoLoss]? = nil) -> [String] {
        var program = GoProgram()
        program.functions += functions
        let subject = Subject(program.bytes, expected: platform, permissions: 0o755).with(cgoLosses: losses)
        let judgement = Policy.standard.judge(subject)
        #expect(judgement.verdict == .ready)
        return judgement.findings.filter { $0.rule == "cgo-left-out" }.map(\.evidence)
    }

    /// The functions are those of static_mock.go in releases 1.14.0 and 1.14.28 of go-sqlite3.
    @Test(arguments: [
        "github.com/mattn/go-sqlite3.(*SQLiteDriver).Open", "github.com/mattn/go-sqlite3.(*SQLiteDriverMock).Open",
    ])
    func aStubIsKnownByItsFunction(name: String) {
        #expect(evidence(functions: [name]) == ["function \(name) without cgo"])
        #expect(evidence(functions: [name, "_cgo_panic"]).isEmpty)
        #expect(evidence(functions: [name + "Connector"]).isEmpty)
    }

    @Test func whatTheBuildKnowsIsToldInsteadOfWhatTheFileShows() {
        let losses = [
            CgoLoss(package: "x.org/a", files: ["c.go"]), CgoLoss(package: "x.org/b", files: ["d.go", "e.go"]),
        ]
        let found = evidence(functions: ["github.com/mattn/go-sqlite3.(*SQLiteDriver).Open"], losses: losses)
        #expect(found == ["built without x.org/a (c.go), x.org/b (d.go, e.go)"])
        #expect(evidence(functions: [], losses: []).isEmpty)
    }
}
