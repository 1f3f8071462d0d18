import Attestation
import GoBinary
import Reporting
import Testing
import Verification

@Suite struct ReportMergeTests {
    private static let targets = ["amd64", "arm64", "386"].map {
        PlanReport.Target(package: "x.org/app", platform: "linux/\($0)", place: "linux/\($0)/app", weight: 5)
    }

    private func binary(_ place: String) throws -> BinaryReport {
        BinaryReport(
            path: "dist/\(place)", package: "x.org/app", platform: try Platform(parsing: "linux/amd64"),
            verdict: .ready,
            duration: .zero)
    }

    private func part(
        _ index: Int, of count: Int = 2, _ places: [String], targets: [PlanReport.Target] = targets,
        go: String = "go1.27.3", version: String = "1", policy: Policy = .standard, problems: [Report.Problem] = [],
        commit: String? = nil
    ) throws -> ReportMerge.Part {
        let report = Report(
            tool: .init(version: version, go: go), policy: policy, binaries: try places.map(binary), problems: problems,
            plan: PlanReport(targets: targets, shard: index, of: count, commit: commit))
        return ("part-\(index).json", report)
    }

    private func first() throws -> ReportMerge.Part { try part(1, ["linux/amd64/app", "linux/arm64/app"]) }

    @Test func allShardsMakeTheWholeReport() throws {
        let merged = try ReportMerge.join([part(2, ["linux/386/app"]), first()])
        #expect(merged.entries.map(\.path) == ["dist/linux/amd64/app", "dist/linux/arm64/app", "dist/linux/386/app"])
        #expect(merged.plan == nil)
        #expect(merged.exitCode == 0)
    }

    @Test func whatIsLeftOutIsKeptFromTheShardThatReportsIt() throws {
        let program = LeftOutProgram(
            package: "x.org/c", platform: try Platform(parsing: "linux/386"), needsCgo: true, files: ["c.go"])
        let entry = LeftOutReport(path: "c", source: nil, program, Policy.standard.judge(program))
        let one = try first().report
        let report = Report(
            tool: one.tool, policy: .standard, entries: one.entries + [.leftOut(entry)], problems: [], plan: one.plan)
        let merged = try ReportMerge.join([part(2, ["linux/386/app"]), ("part-1.json", report)])
        #expect(merged.entries.map(\.path).suffix(2) == ["dist/linux/386/app", "c"])
        #expect(merged.summary.leftOut == 1)
    }

    @Test func aShardWithoutTargetsIsFine() throws {
        let targets = [ReportMergeTests.targets[0]]
        let one = try part(1, ["linux/amd64/app"], targets: targets)
        #expect(try ReportMerge.join([one, part(2, [], targets: targets)]).entries.count == 1)
    }

    @Test func problemsAreKept() throws {
        let problem = Report.Problem(path: "dist/linux/386/app", platform: "linux/386", message: "no room")
        let merged = try ReportMerge.join([first(), part(2, [], problems: [problem])])
        #expect(merged.problems.count == 1)
        #expect(merged.exitCode == 2)
    }

    private func refusal(_ parts: [ReportMerge.Part]) -> MergeError? {
        do throws(MergeError) {
            _ = try ReportMerge.join(parts)
            return nil
        } catch { return error }
    }

    /// A shard built outside a repository has no commit and can be merged with any other.
    @Test(
        arguments: [("a", "b", false), ("a", "a", true), ("a", nil, true), (nil, nil, true)]
            as [(String?, String?, Bool)])
    func shardsOfTwoCommitsAreRefused(one: String?, other: String?, isJoined: Bool) throws {
        let parts = try [
            part(1, ["linux/amd64/app", "linux/arm64/app"], commit: one), part(2, ["linux/386/app"], commit: other),
        ]
        #expect(refusal(parts) == (isJoined ? nil : .contradiction("part-2.json", "part-1.json", .commit)))
    }

    @Test func gapsAndDuplicatesAreRefused() throws {
        let second = try part(2, ["linux/386/app"])
        #expect(refusal([]) == .nothing)
        #expect(try refusal([first()]) == .missingShards([2], count: 2))
        #expect(
            try refusal([first(), first(), second])
                == .duplicateShard(1, count: 2, ["part-1.json", "part-1.json"]))
        #expect(try refusal([first(), part(2, [])]) == .missingTarget("linux/386/app"))
        #expect(
            try refusal([first(), part(2, ["linux/386/app", "linux/amd64/app"])])
                == .duplicateTarget("linux/amd64/app", "part-1.json", "part-2.json"))
        #expect(
            try refusal([first(), part(2, ["linux/mips/app"])]) == .unplanned("dist/linux/mips/app", "part-2.json"))
        let whole = Report(tool: .init(version: "1", go: nil), policy: .standard, entries: [], problems: [])
        #expect(refusal([("whole.json", whole)]) == .notAShard("whole.json"))
    }

    @Test func contradictionsAreRefused() throws {
        let policy = try Policy(changes: [.init(rule: "packed", level: nil)])
        let fewer = Array(ReportMergeTests.targets.dropLast())
        let others: [(ReportMerge.Part, MergeError.Difference)] = [
            (try part(2, of: 3, []), .shardCount), (try part(2, ["linux/386/app"], go: "go1.26.1"), .goVersion),
            (try part(2, [], targets: fewer), .plan), (try part(2, ["linux/386/app"], policy: policy), .policy),
            (try part(2, ["linux/386/app"], version: "2"), .programVersion),
        ]
        for (other, difference) in others {
            #expect(try refusal([first(), other]) == .contradiction("part-2.json", "part-1.json", difference))
        }
    }

    @Test(arguments: [
        (MergeError.nothing, "name the JSON reports"), (.notAShard("a.json"), "check --shard K/N"),
        (.contradiction("b.json", "a.json", .goVersion), "b.json has another version of Go than a.json"),
        (.duplicateShard(1, count: 2, ["a.json", "b.json"]), "a.json and b.json are both of shard 1/2"),
        (.missingShards([2, 3], count: 3), "missing shard 2/3, 3/3"), (.unplanned("x", "a.json"), "not in the plan"),
        (.duplicateTarget("x", "a.json", "b.json"), "x is in both a.json and b.json"),
        (.missingTarget("x"), "x is in no report"),
    ])
    func eachErrorNamesTheFiles(error: MergeError, words: String) { #expect("\(error)".contains(words)) }
}
