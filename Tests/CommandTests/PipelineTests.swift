import Foundation
import TestSupport
import Testing

/// The pipelines of docs/ci from the first job to the image in a registry: the shell text of each job is run, in the order of the
/// file, with a signing key, in one repository.
@Suite(.serialized) struct PipelineTests {
    private let bench: PipelineBench

    init() throws { bench = try PipelineBench() }

    @Test func theGitHubWorkflowEndsWithAnImage() throws {
        let jobs = try bench.jobs(
            of: "github.yml",
            "{name: [step['run'] for step in job['steps'] if 'run' in step] for name, job in file['jobs'].items()}")
        try bench.run(jobs["plan"], ["GITHUB_OUTPUT": bench.path("output")])
        let output = String(decoding: try bench.module.bytes("output"), as: UTF8.self)
        let matrix = try #require(output.wholeMatch(of: #/matrix=(.+)\n/#).map { String($0.output.1) })
        let object = try JSONSerialization.jsonObject(with: Data(matrix.utf8)) as? [String: [[String: Any]]]
        let entries = try #require(object?["include"])
        #expect(entries.count == 2)
        for entry in entries {
            try bench.run(
                jobs["build"],
                ["SHARD": "\(try #require(entry["shard"]))", "INDEX": "\(try #require(entry["index"]))"])
            // Each job has a machine of its own.
            try FileManager.default.removeItem(atPath: bench.path("dist"))
        }
        try bench.run(jobs["merge"])
        try bench.reportIsWhole()
        try bench.runWithRegistry(jobs["image"], image: "Owner/App:1")
    }

    @Test func theGitLabPipelineEndsWithAnImage() throws {
        let jobs = try bench.jobs(
            of: "gitlab.yml", "{name: job['script'] for name, job in file.items() if 'script' in job}")
        for index in 1...4 {
            try bench.run(jobs["build"], ["CI_NODE_INDEX": "\(index)", "CI_NODE_TOTAL": "4"])
        }
        try bench.run(jobs["merge"])
        try bench.reportIsWhole()
        try bench.runWithRegistry(jobs["package"], image: "owner/app:1")
    }

    @Test(arguments: ["woodpecker.yml", "drone.yml"]) func theStepsEndWithAnImage(name: String) throws {
        let jobs = try bench.jobs(of: name, "{step['name']: step['commands'] for step in file['steps']}")
        try bench.run(jobs["check"], ["SCRATCHCHECK_KEY": "env:STAMP_KEY"])
        try bench.run(jobs["image"])
        #expect(try bench.module.run(["verify", "oci:image"]).status == 0)
    }

    @Test func theMakefileEndsWithAnImage() throws {
        let file = Checkout.root.appending(path: "docs/ci/scratchcheck.mk").path
        try bench.run(["make -f \(file) image"])
        #expect(try bench.module.run(["verify", "oci:image"]).status == 0)
        let other = try bench.module.run(["keygen", "other"])
        #expect(other.status == 0)
        #expect(throws: (any Error).self, "the gate ends it") {
            try bench.run(["make -f \(file) image PUBLIC_KEY=other.pub"])
        }
    }
}

/// A repository with a program and a key, and a machine that has scratchcheck.
private struct PipelineBench {
    let module: GoModule
    private let tools: TemporaryFolder

    init() throws {
        module = try GoModule(["cmd/app/main.go": GoModule.hello])
        try module.run(["keygen", "release"]).check()
        tools = try TemporaryFolder()
        for name in ["scratchcheck", "staticcheck"] {
            try Execution("ln", ["-s", Checkout.program, tools.url.appending(path: name).path]).check()
        }
    }

    func path(_ name: String) -> String { module.path(name) }

    /// The commands of each job, chosen by an expression in Python.
    func jobs(of recipe: String, _ expression: String) throws -> [String: [String]] {
        let script =
            "import json, sys, yaml\nfile = yaml.safe_load(open(sys.argv[1]))\nprint(json.dumps(\(expression)))"
        let result = try Client.python(script, [Checkout.root.appending(path: "docs/ci/\(recipe)").path])
        #expect(result.status == 0, "\(result.errors)")
        return try JSONDecoder().decode([String: [String]].self, from: Data(result.output.utf8))
    }

    func run(_ commands: [String]?, _ variables: [String: String] = [:]) throws {
        let commands = try #require(commands)
        #expect(!commands.isEmpty)
        let cache = try Execution("go", ["env", "GOCACHE"]).output.split(separator: "\n").map(String.init)[0]
        let own = [
            "PATH": tools.url.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? ""),
            "PACKAGES": "./cmd/app", "HOME": tools.url.path, "GOCACHE": cache,
            "STAMP_KEY": String(decoding: try module.bytes("release.key"), as: UTF8.self),
            "GITHUB_STEP_SUMMARY": tools.url.appending(path: "summary").path,
        ]
        // A runner of GitLab, Woodpecker and Drone runs the commands of a job in one shell, and one of GitHub each step in its own.
        try Execution(
            "bash", ["-eo", "pipefail", "-c", commands.joined(separator: "\n")], in: module.folder.url,
            environment: own.merging(variables) { $1 }
        ).check()
    }

    /// The report of all jobs is that of one undivided check.
    func reportIsWhole() throws {
        let key = ["--key", "release.key"]
        let whole = try module.check(["--report", "json=whole.json", "./cmd/app", "-o", "whole"] + key)
        #expect(whole.status == 0, "\(whole.errors)")
        let (report, other) = (try module.json("report.json"), try module.json("whole.json"))
        let platforms = [report, other].map { report in
            (report["binaries"] as? [[String: Any]] ?? []).map { "\($0["platform"] ?? "") \($0["verdict"] ?? "")" }
        }
        #expect(platforms[0] == platforms[1] && platforms[0].count == 2)
        try FileManager.default.removeItem(atPath: path("whole"))
    }

    /// Runs commands beside a registry, and asks the registry for the image.
    func runWithRegistry(_ commands: [String]?, image: String) throws {
        let port = Int.random(in: 20_000...29_999)
        let address = "127.0.0.1:\(port)"
        try tools.write(
            """
            version: 0.1
            storage: {filesystem: {rootdirectory: \(tools.url.appending(path: "storage").path)}}
            http: {addr: "\(address)", tls: {certificate: \(tools.url.path)/tls.pem, key: \(tools.url.path)/tls.key}}
            """, to: "registry.yml")
        let tools = self.tools.url.path
        let before = """
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=registry \
                -addext subjectAltName=IP:127.0.0.1 -keyout \(tools)/tls.key -out \(tools)/tls.pem 2>/dev/null
            # A variable REGISTRY_… would change the configuration of the registry.
            env -u REGISTRY_AUTH_FILE docker-registry serve \(tools)/registry.yml >\(tools)/registry.log 2>&1 & registry=$!
            trap 'kill $registry' EXIT
            for _ in {1..100}; do ! curl -fs --cacert \(tools)/tls.pem https://\(address)/v2/ >/dev/null || break; sleep 0.1; done
            """
        let after = """
            skopeo inspect --raw "docker://\(address)/\(image.lowercased())" >index.json
            """
        try run(
            [before] + (try #require(commands)) + [after],
            [
                "IMAGE": "\(address)/\(image)", "TOKEN": "secret", "GITHUB_ACTOR": "a", "CI_REGISTRY": address,
                "CI_REGISTRY_USER": "a", "CI_REGISTRY_PASSWORD": "secret",
                "SSL_CERT_FILE": "\(tools)/tls.pem", "REGISTRY_AUTH_FILE": "\(tools)/auth.json",
            ])
        let index = try module.json("index.json")
        #expect((index["manifests"] as? [Any])?.count == 2)
    }
}
