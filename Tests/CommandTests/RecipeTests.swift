import Foundation
import TestSupport
import Testing

/// The recipes in docs/ci, read by the engines' own schemas (PyPI `check-jsonschema`) and run as far as this machine can.
@Suite(.serialized) struct RecipeTests {
    private func recipe(_ name: String) -> String { Checkout.root.appending(path: "docs/ci/\(name)").path }

    @Test(arguments: [("github.yml", "vendor.github-workflows"), ("gitlab.yml", "vendor.gitlab-ci")])
    func theEnginesSchemaTakesIt(name: String, schema: String) throws {
        let result = try Client.run("check-jsonschema", ["--builtin-schema", schema, recipe(name)])
        #expect(result.status == 0, "\(result.output)")
    }

    @Test func theShellScriptIsClean() throws {
        let result = try Execution("shellcheck", [recipe("slurm.sh")])
        #expect(result.status == 0, "\(result.output)")
    }

    private func module() throws -> GoModule {
        let names = ["cmd/a", "cmd/b", "tools/c"]
        return try GoModule(Dictionary(uniqueKeysWithValues: names.map { ("\($0)/main.go", GoModule.hello) }))
    }

    /// PATH with the built program in front, as an image would have it.
    private var environment: [String: String] {
        let folder = URL(filePath: Checkout.program).deletingLastPathComponent().path
        return ["PATH": folder + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")]
    }

    private func joinedEqualsUndivided(_ module: GoModule, count: Int, from first: Int) throws {
        let parts = (first..<first + count).map { "shard-\($0).json" }
        let merged = try module.run(["merge", "--report", "json=merged.json"] + parts)
        #expect(merged.status == 0, "\(merged.errors)")
        #expect(try module.check(["--report", "json=whole.json", "./..."]).status == 0)
        #expect(try module.reportWithoutTimes("merged.json") == module.reportWithoutTimes("whole.json"))
    }

    /// The commands of the jobs, in the order of the file.
    private func commands(_ name: String, _ pattern: Regex<(Substring, Substring)>) throws -> [String] {
        try String(contentsOfFile: recipe(name), encoding: .utf8).split(separator: "\n").compactMap { line in
            line.firstMatch(of: pattern).map { String($0.output.1) }
        }
    }

    private func run(_ command: String, in module: GoModule, _ variables: [String: String]) throws {
        let own = environment.merging(["PACKAGES": "./...", "HOME": module.path("home")]) { $1 }
        let cache = try Execution("go", ["env", "GOCACHE"]).output.split(separator: "\n").map(String.init)[0]
        try Execution(
            "bash", ["-ec", command], in: module.folder.url,
            environment: own.merging(variables.merging(["GOCACHE": cache]) { $1 }) { $1 }
        ).check()
    }

    /// The runs of docs/ci/github.yml: the plan, one job for each entry of its matrix, and the job that joins.
    @Test func theGitHubWorkflowMakesTheWholeReport() throws {
        let module = try module()
        try FileManager.default.createDirectory(atPath: module.path("home"), withIntermediateDirectories: false)
        let commands = try commands("github.yml", #/ run: (.+)$/#)
        #expect(commands.count == 5)
        try run(commands[0], in: module, ["GITHUB_OUTPUT": module.path("home/output")])
        let output = String(decoding: try module.bytes("home/output"), as: UTF8.self)
        let matrix = try #require(output.wholeMatch(of: #/matrix=(.+)\n/#).map { String($0.output.1) })
        let object = try JSONSerialization.jsonObject(with: Data(matrix.utf8)) as? [String: [[String: Any]]]
        let jobs = try #require(object?["include"])
        for job in jobs {
            let variables = [
                "SHARD": "\(try #require(job["shard"]))", "INDEX": "\(try #require(job["index"]))",
                "GITHUB_WORKSPACE": module.path(""),
            ]
            for command in commands[1...3] { try run(command, in: module, variables) }
        }
        try run(commands[4], in: module, [:])
        #expect(try module.check(["--report", "json=whole.json", "./..."]).status == 0)
        #expect(try module.reportWithoutTimes("report.json") == module.reportWithoutTimes("whole.json"))
    }

    /// The scripts of docs/ci/gitlab.yml: four jobs and the one that joins.
    @Test func theGitLabPipelineMakesTheWholeReport() throws {
        let module = try module()
        let commands = try commands("gitlab.yml", #/    - (staticcheck .+)$/#)
        #expect(commands.count == 2)
        for index in 1...4 {
            try run(commands[0], in: module, ["CI_NODE_INDEX": "\(index)", "CI_NODE_TOTAL": "4"])
        }
        try run(commands[1], in: module, [:])
        #expect(try module.check(["--report", "json=whole.json", "./..."]).status == 0)
        #expect(try module.reportWithoutTimes("report.json") == module.reportWithoutTimes("whole.json"))
    }

    @Test func theKubernetesJobMakesTheWholeReport() throws {
        let module = try module()
        let result = try Client.run(
            "python",
            [
                Checkout.root.appending(path: "Scripts/run-indexed-job").path, recipe("kubernetes.yaml"),
                module.path(""),
            ],
            environment: environment)
        #expect(result.status == 0, "\(result.errors)")
        try joinedEqualsUndivided(module, count: 4, from: 0)
    }

    @Test func theSlurmArrayMakesTheWholeReport() throws {
        let module = try module()
        let cache = try Execution("go", ["env", "GOCACHE"]).output.split(separator: "\n").map(String.init)[0]
        for task in 1...4 {
            let variables = [
                "SLURM_ARRAY_TASK_ID": "\(task)", "SLURM_ARRAY_TASK_COUNT": "4", "SLURM_ARRAY_TASK_MIN": "1",
                "SLURM_SUBMIT_DIR": module.path(""), "GOCACHE": cache,
            ]
            let result = try Execution("bash", [recipe("slurm.sh")], environment: environment.merging(variables) { $1 })
            #expect(result.status == 0, "\(result.errors)")
        }
        try joinedEqualsUndivided(module, count: 4, from: 1)
    }
}
