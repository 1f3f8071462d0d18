import Foundation
import TestSupport
import Testing

/// A matrix over several machines: the shards' reports joined are the report of an undivided run.
@Suite(.serialized) struct ShardTests {
    private static let platforms = "linux/amd64,linux/386,linux/arm"

    private func module() throws -> GoModule {
        try GoModule(["cmd/a/main.go": GoModule.hello, "cmd/b/main.go": GoModule.hello])
    }

    /// The variables are those of an indexed Kubernetes Job.
    @Test(arguments: [2, 7]) func theJoinedReportIsThatOfAnUndividedRun(count: Int) throws {
        let module = try module()
        let arguments = ["./...", "-p", ShardTests.platforms, "-q"]
        #expect(try module.check(arguments + ["--report", "json=whole.json"]).status == 0)
        for index in 0..<count {
            let result = try module.check(
                arguments + ["--shard", "auto", "--report", "json=part-\(index).json"],
                environment: ["JOB_COMPLETION_INDEX": "\(index)", "JOB_COMPLETIONS": "\(count)"])
            #expect(result.status == 0, "\(result.errors)")
        }
        let parts = (0..<count).map { "part-\($0).json" }
        let merged = try module.run(["merge", "--report", "json=merged.json"] + parts.shuffled())
        #expect(merged.status == 0, "\(merged.errors)")
        #expect(try module.reportWithoutTimes("merged.json") == module.reportWithoutTimes("whole.json"))
        if count > 1 { #expect(try module.run(["merge"] + parts.dropFirst()).status == 2) }
    }

    @Test func shardsOfTwoCommitsAreNotJoined() throws {
        let module = try module()
        func run(_ script: String) throws -> Execution {
            try Execution("bash", ["-ec", script, Checkout.program], in: module.folder.url)
        }
        let setUp = "export GIT_{AUTHOR,COMMITTER}_{NAME,EMAIL}=x; git init -q; git add -A; git commit -qm 1"
        let shard = "\"$0\" check -q ./... -p linux/amd64 --report json=part"
        try run("\(setUp); \(shard)-1.json --shard 1/2; \(shard)-2.json --shard 2/2").check()
        try run("\"$0\" merge part-1.json part-2.json").check()
        let result = try run(
            "\(setUp) --allow-empty; \(shard)-2.json --shard 2/2; \"$0\" merge part-1.json part-2.json")
        #expect(result.status == 2 && result.errors.contains("check out one commit in all jobs"), "\(result.errors)")
    }

    @Test func theMatrixNamesTheShardsThatCheckBuilds() throws {
        let module = try module()
        let text = try module.run(["matrix", "--for", "github", "./...", "-p", ShardTests.platforms]).output
        #expect(text.split(separator: "\n").count == 1)
        let matrix = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        let jobs = try #require(matrix?["include"] as? [[String: Any]])
        #expect(jobs.map { $0["shard"] as? String } == ["1/3", "2/3", "3/3"])
        #expect(jobs.map { $0["platforms"] as? [String] } == [["linux/amd64"], ["linux/386"], ["linux/arm"]])
        let result = try module.check(["./...", "-p", ShardTests.platforms, "--shard", "2/3"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(module.holds("dist/linux/386/a") && module.holds("dist/linux/386/b"))
        #expect(!module.holds("dist/linux/amd64") && !module.holds("dist/linux/arm"))
    }

    /// `merge` joins the reports of all shards, so every one of them has a job.
    @Test(arguments: ["github", "gitlab", "buildkite", "json"])
    func noMoreShardsAreNamedThanJobs(reader: String) throws {
        let text = try module().run(["matrix", "--for", reader, "./...", "-p", ShardTests.platforms, "--shards", "99"])
            .output
        for index in 1...6 { #expect(text.contains("\(index)/6"), "\(text)") }
        #expect(!text.contains("/99") && !text.contains("7/6"))
    }

    @Test func pipelinesRunTheSameCheckInEveryJob() throws {
        let module = try module()
        for reader in ["gitlab", "buildkite"] {
            let text = try module.run(
                ["matrix", "--for", reader, "--shards", "2", "./...", "--ldflags", "-s -w", "-p", ShardTests.platforms]
            ).output
            for index in 1...2 {
                let command =
                    "staticcheck check --shard \(index)/2 --report json=shard-\(index).json ./... --ldflags '-s -w' -p"
                #expect(text.contains(command), "\(text)")
            }
            #expect(text.contains("staticcheck merge --report json=report.json shard-*.json"))
        }
    }

    @Test(arguments: [("gitlab", "vendor.gitlab-ci"), ("buildkite", "vendor.buildkite")])
    func theEnginesSchemaTakesThePipeline(reader: String, schema: String) throws {
        let module = try module()
        let text = try module.run(["matrix", "--for", reader, "./..."]).output
        let file = try module.folder.write(text, to: "pipeline.yml")
        let result = try Client.run("check-jsonschema", ["--builtin-schema", schema, file.path])
        #expect(result.status == 0, "\(result.output)")
    }

    @Test func wrongShardsAreRefused() throws {
        let module = try module()
        #expect(try module.check(["--shard", "5/4", "./..."]).status == 64)
        let half = try module.check(
            ["--shard", "auto", "./..."], environment: ["JOB_COMPLETION_INDEX": "0", "JOB_COMPLETIONS": ""])
        #expect(half.status == 2)
        #expect(half.errors.contains("JOB_COMPLETIONS"))
    }
}
