import Foundation
import TestSupport
import Testing

/// Every main package that a pattern matches is in every report: built, failed, or left out with the reason.
@Suite(.serialized) struct EveryMainTests {
    private static let needsCgo = "package main\n\nimport \"C\"\n\nfunc main() {}\n"
    private static func constrained(_ tag: String) -> String { "//go:build \(tag)\n\npackage main\n\nfunc main() {}\n" }

    private static let files = [
        "cmd/plain/main.go": GoModule.hello,
        "cmd/needsc/main.go": needsCgo,
        "cmd/windows/main.go": constrained("windows"),
        "cmd/tagged/main.go": constrained("special"),
        "cmd/named/main_darwin.go": "package main\n\nfunc main() {}\n",
        "tools/tools.go": constrained("ignore"),
        // No pattern matches the following as a program.
        "internal/lib/lib.go": "package lib\n",
        "internal/lib/generate.go": constrained("ignore"),
        "cmd/tests/main_test.go": "package main\n",
        "cmd/plain/testdata/x/main.go": constrained("windows"),
        "_old/main.go": constrained("windows"), ".hidden/main.go": constrained("windows"),
        "vendor/example.com/x/main.go": constrained("windows"),
        "nested/go.mod": "module example.com/nested\n", "nested/cmd/main.go": constrained("windows"),
        "cmd/other/a_windows.go": "package other\n", "cmd/other/make.go": constrained("ignore"),
    ]

    private let module: GoModule

    init() throws { module = try GoModule(EveryMainTests.files) }

    /// Runs check with a report in JSON.
    private func check(
        _ arguments: [String], in module: GoModule? = nil, platforms: String = "linux/amd64"
    ) throws -> (result: Execution, entries: [[String: Any]]) {
        let module = module ?? self.module
        let result = try module.check(
            arguments + ["-p", platforms, "-q", "--report", "json=dist/report.json"])
        guard module.holds("dist/report.json") else { return (result, []) }
        return (result, try module.json("dist/report.json")["binaries"] as? [[String: Any]] ?? [])
    }

    /// The words of an entry that tell what became of it: `needsc linux/amd64 left-out cgo-left-out`.
    private func facts(_ entries: [[String: Any]]) -> [String] {
        let rules: Set = ["cgo-left-out", "left-out"]
        return entries.map { entry in
            let found = (entry["findings"] as? [[String: Any]] ?? []).compactMap { $0["rule"] as? String }
            let words = [
                (entry["package"] as? String)?.replacing("example.com/m/", with: ""), entry["platform"] as? String,
                entry["verdict"] as? String,
            ]
            return (words.map { $0 ?? "-" } + found.filter(rules.contains)).joined(separator: " ")
        }
    }

    @Test(arguments: [["./..."], ["example.com/m/..."], ["all"], ["./cmd/...", "./tools/..."]])
    func whatIsNotBuiltIsNamedWithTheReason(patterns: [String]) throws {
        let (result, entries) = try check(patterns)
        #expect(result.status == 0, "\(result.errors)\(result.output)")
        #expect(
            Set(facts(entries)) == [
                "cmd/plain linux/amd64 ready", "cmd/needsc linux/amd64 left-out cgo-left-out",
                "cmd/windows linux/amd64 left-out left-out", "cmd/tagged linux/amd64 left-out left-out",
                "cmd/named linux/amd64 left-out left-out", "tools linux/amd64 left-out left-out",
            ])
        #expect(result.output.hasSuffix("\n1 ready, 5 left out\n"), "\(result.output)")
        let entry = try #require(entries.first { $0["package"] as? String == "example.com/m/cmd/named" })
        #expect(entry["kind"] as? String == "left-out" && entry["path"] as? String == "cmd/named")
        #expect(entry["source"] as? String == "cmd/named/main_darwin.go")
    }

    @Test func aNarrowPatternNamesWhatItMatches() throws {
        #expect(try facts(check(["./cmd/plain/...", "./cmd/n..."]).entries).count == 3)
        #expect(try facts(check(["./cmd/plain"]).entries) == ["cmd/plain linux/amd64 ready"])
    }

    @Test func aProgramIsBuiltWhereItsConstraintsAllow() throws {
        let module = try GoModule([
            "arm/main_arm64.go": "package main\n\nfunc main() {}\n",
            "intel/main.go": EveryMainTests.constrained("amd64"),
            "c/main.go": EveryMainTests.needsCgo, "c/main_test.go": "package main\n",
            "pure/cgo.go": EveryMainTests.needsCgo, "pure/pure.go": EveryMainTests.constrained("!cgo && arm64"),
        ])
        let (result, entries) = try check(["./..."], in: module, platforms: "linux/amd64,linux/arm64,windows/amd64")
        #expect(result.status == 0, "\(result.errors)\(result.output)")
        #expect(
            Set(facts(entries)) == [
                "arm linux/amd64 left-out left-out", "arm linux/arm64 ready", "arm windows/amd64 left-out left-out",
                "intel linux/amd64 ready", "intel linux/arm64 left-out left-out", "intel windows/amd64 not-applicable",
                "c linux/amd64 left-out cgo-left-out", "c linux/arm64 left-out cgo-left-out",
                "c windows/amd64 left-out cgo-left-out", "pure linux/amd64 left-out cgo-left-out",
                "pure linux/arm64 ready cgo-left-out", "pure windows/amd64 left-out cgo-left-out",
            ])
        #expect(entries.count == 12)
    }

    @Test func tagsAreThoseOfTheBuild() throws {
        let entries = try check(["./cmd/...", "--tags", "special"]).entries
        #expect(facts(entries).contains("cmd/tagged linux/amd64 ready"))
    }

    @Test func policiesApplyToWhatIsLeftOut() throws {
        #expect(try check(["./...", "--fail-on", "warning"]).result.status == 1)
        #expect(try check(["./...", "--rule", "cgo-left-out=error"]).result.status == 1)
        #expect(try check(["./cmd/plain", "--fail-on", "warning"]).result.status == 0)
        let off = try check(["./...", "--fail-on", "warning", "--rule", "cgo-left-out=off"])
        #expect(off.result.status == 0)
        #expect(facts(off.entries).contains("cmd/needsc linux/amd64 left-out"))
        try module.folder.write(
            """
            policy:
              exceptions:
                - rule: cgo-left-out
                  reason: built elsewhere
                  packages: [example.com/m/cmd/needsc]
            """, to: "scratchcheck.yaml")
        let excepted = try check(["./...", "--fail-on", "warning"]).result
        #expect(excepted.status == 0)
        #expect(excepted.output.contains("let pass, because: built elsewhere"))
    }

    @Test func aPatternWithoutAnythingToBuildFailsAndSaysWhy() throws {
        let (result, entries) = try check(["./cmd/n..."])
        #expect(result.status == 2)
        #expect(result.output.contains("./cmd/n... matches no program that can be built"))
        #expect(facts(entries).count == 2)
        #expect(try module.run(["matrix", "./cmd/n..."]).status == 2)
    }

    @Test(arguments: ["json", "sarif", "junit", "github", "gitlab", "markdown", "tap", "html", "text"])
    func everyFormatNamesThem(format: String) throws {
        let result = try module.check(["./...", "-p", "linux/amd64", "-q", "--format", format])
        #expect(result.output.contains("cmd/needsc"), "\(result.errors)")
        #expect(result.output.contains("the program is not built: it needs cgo"))
    }

    @Test func theShardsReportsJoinedAreThatOfAnUndividedRun() throws {
        let arguments = ["./...", "-p", "linux/amd64,linux/386", "-q", "--report"]
        try module.check(arguments + ["json=whole.json"]).check()
        for index in 1...3 {
            try module.check(arguments + ["json=part-\(index).json", "--shard", "\(index)/3"]).check()
        }
        try module.run(["merge", "--report", "json=merged.json"] + (1...3).map { "part-\($0).json" }).check()
        #expect(try module.reportWithoutTimes("merged.json") == module.reportWithoutTimes("whole.json"))
        let summary = try module.json("merged.json")["summary"] as? [String: Int]
        #expect(summary?["leftOut"] == 10 && summary?["ready"] == 2)
    }
}
