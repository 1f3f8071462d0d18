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
        go: String = "go1.27.3", policy: Policy = .standard, problems: [Report.Problem] = []
    ) throws -> ReportMerge.Part {
        let report = Report(
            tool: .init(version: "1", go: go), policy: policy, binaries: try places.map(binary), problems: problems,
            plan: PlanReport(targets: targets, shard: index, of: count))
        return ("part-\(index).json", report)
    }

    private func first() throws -> ReportMerge.Part { try part(1, ["linux/amd64/app", "linux/arm64/app"]) }

    @Test func allShardsMakeTheWholeReport() throws {
        let merged = try ReportMerge.join([part(2, ["linux/386/app"]), first()])
        #expect(merged.binaries.map(\.path) == ["dist/linux/amd64/app", "dist/linux/arm64/app", "dist/linux/386/app"])
        #expect(merged.plan == nil)
        #expect(merged.exitCode == 0)
    }

    @Test func aShardWithoutTargetsIsFine() throws {
        let targets = [ReportMergeTests.targets[0]]
        let one = try part(1, ["linux/amd64/app"], targets: targets)
        #expect(try ReportMerge.join([one, part(2, [], targets: targets)]).binaries.count == 1)
    }

    @Test func problemsAreKept() throws {
        let problem = Report.Problem(path: "dist/linux/386/app", platform: "linux/386", message: "no room")
        let merged = try ReportMerge.join([first(), part(2, [], problems: [problem])])
        #expect(merged.problems.count == 1)
        #expect(merged.exitCode == 2)
    }

    private func refusal(_ parts: [ReportMerge.Part]) -> String {
        do {
            _ = try ReportMerge.join(parts)
            return "joined"
        } catch {
            return "\(error)"
        }
    }

    @Test func gapsDuplicatesAndContradictionsAreRefused() throws {
        let second = try part(2, ["linux/386/app"])
        #expect(try refusal([first()]) == "shard 2/2 is missing")
        #expect(try refusal([first(), first(), second]).contains("are both of shard 1/2"))
        #expect(try refusal([first(), part(2, [])]) == "linux/386/app is in no report")
        #expect(
            try refusal([first(), part(2, ["linux/386/app", "linux/amd64/app"])])
                == "linux/amd64/app is both in part-1.json and in part-2.json")
        #expect(try refusal([first(), part(2, ["linux/mips/app"])]).contains("which is not in the plan"))
        #expect(try refusal([first(), part(2, of: 3, [])]).contains("another number of shards"))
        #expect(try refusal([first(), part(2, ["linux/386/app"], go: "go1.26.1")]).contains("another version of Go"))
        let targets = ReportMergeTests.targets.dropLast()
        #expect(try refusal([first(), part(2, [], targets: Array(targets))]).contains("another plan"))
        let policy = try Policy(changes: [.init(rule: "packed", level: nil)])
        #expect(try refusal([first(), part(2, ["linux/386/app"], policy: policy)]).contains("another policy"))
        let whole = Report(tool: .init(version: "1", go: nil), policy: .standard, binaries: [], problems: [])
        #expect(refusal([("whole.json", whole)]).contains("is not the report of a shard"))
        #expect(refusal([]) == "there is nothing to join")
    }
}
