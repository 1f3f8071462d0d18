import Foundation
import TestSupport
import Testing

/// The recipes in docs/ci, read by the engines' own schemas (PyPI `check-jsonschema`) and run as far as this machine can.
@Suite(.serialized) struct RecipeTests {
    private func recipe(_ name: String) -> String { Checkout.root.appending(path: "docs/ci/\(name)").path }

    @Test(arguments: [
        ("github.yml", "vendor.github-workflows"), ("gitlab.yml", "vendor.gitlab-ci"),
        ("woodpecker.yml", "vendor.woodpecker-ci"), ("drone.yml", "vendor.drone-ci"),
    ])
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

    /// PATH with the program under its alias in front, as an image has it.
    private func environment(of module: GoModule) throws -> [String: String] {
        try module.run(["keygen", "release"]).check()
        try FileManager.default.createDirectory(atPath: module.path(".bin"), withIntermediateDirectories: false)
        try Execution("ln", ["-s", Checkout.program, module.path(".bin/scratchcheck")]).check()
        return [
            "PATH": module.path(".bin") + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? ""),
            "STAMP_KEY": String(decoding: try module.bytes("release.key"), as: UTF8.self),
        ]
    }

    /// Runs the commands in the head of a recipe, on one program of those that the jobs made.
    private func runCommandsInHead(of name: String, in module: GoModule, _ environment: [String: String]) throws {
        let commands = try String(contentsOfFile: recipe(name), encoding: .utf8).split(separator: "\n")
            .filter { $0.hasPrefix("#   scratchcheck ") }.map { String($0.dropFirst(4)) }
        #expect(commands.count == 3)
        for command in commands {
            let command = command.replacing("image --from", with: "image --program a --from")
            try Execution("bash", ["-ec", command], in: module.folder.url, environment: environment).check()
        }
        #expect(try module.run(["verify", "oci:image"]).status == 0)
    }

    private func joinedEqualsUndivided(_ module: GoModule, count: Int, from first: Int) throws {
        let parts = (first..<first + count).map { "shard-\($0).json" }
        let merged = try module.run(["merge", "--report", "json=merged.json"] + parts)
        #expect(merged.status == 0, "\(merged.errors)")
        let whole = try module.check(["--report", "json=whole.json", "./...", "--key", "release.key"])
        #expect(whole.status == 0, "\(whole.errors)")
        #expect(try module.reportWithoutTimes("merged.json") == module.reportWithoutTimes("whole.json"))
    }

    @Test func theKubernetesJobMakesTheWholeReport() throws {
        let module = try module()
        let environment = try environment(of: module)
        let result = try Client.run(
            "python",
            [
                Checkout.root.appending(path: "Scripts/run-indexed-job").path, recipe("kubernetes.yaml"),
                module.path(""),
            ],
            environment: environment)
        #expect(result.status == 0, "\(result.errors)")
        try runCommandsInHead(of: "kubernetes.yaml", in: module, environment)
        try joinedEqualsUndivided(module, count: 4, from: 0)
    }

    @Test func theSlurmArrayMakesTheWholeReport() throws {
        let module = try module()
        let environment = try environment(of: module)
        let cache = try Execution("go", ["env", "GOCACHE"]).output.split(separator: "\n").map(String.init)[0]
        for task in 1...4 {
            let variables = [
                "SLURM_ARRAY_TASK_ID": "\(task)", "SLURM_ARRAY_TASK_COUNT": "4", "SLURM_ARRAY_TASK_MIN": "1",
                "SLURM_SUBMIT_DIR": module.path(""), "GOCACHE": cache,
            ]
            let result = try Execution("bash", [recipe("slurm.sh")], environment: environment.merging(variables) { $1 })
            #expect(result.status == 0, "\(result.errors)")
        }
        try runCommandsInHead(of: "slurm.sh", in: module, environment)
        try joinedEqualsUndivided(module, count: 4, from: 1)
    }
}
