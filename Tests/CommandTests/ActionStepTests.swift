import Foundation
import TestSupport
import Testing

/// The steps of action.yml, each in the environment that a runner gives it.
@Suite struct ActionStepTests {
    private static let action = Checkout.root.appending(path: "action.yml").path

    /// Something of the action, chosen by an expression in Python.
    private static func value(_ expression: String) throws -> String {
        let script = "import sys, yaml\naction = yaml.safe_load(open(sys.argv[1]))\nsys.stdout.write(\(expression))"
        let result = try Client.python(script, [action])
        #expect(result.status == 0, "\(result.errors)")
        return result.output
    }

    private static func step(_ name: String, _ field: String = "run") throws -> String {
        try value("next(step['\(field)'] for step in action['runs']['steps'] if step['name'] == '\(name)')")
    }

    /// A module, and a folder with the program under the name that the action calls.
    private struct Runner {
        let module: GoModule
        let place: TemporaryFolder

        init(_ files: [String: String] = ["main.go": GoModule.hello]) throws {
            module = try GoModule(files)
            place = try TemporaryFolder()
            try Execution("ln", ["-s", Checkout.program, path("scratchcheck")]).check()
        }

        func path(_ name: String) -> String { place.url.appending(path: name).path }

        func run(_ step: String, arguments: String, key: String = "") throws -> Execution {
            let search = place.url.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
            return try Execution(
                "bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step], in: module.folder.url,
                environment: [
                    "PATH": search, "ARGUMENTS": arguments, "RUNNER_TEMP": place.url.path,
                    "GITHUB_OUTPUT": path("output"), "GITHUB_STEP_SUMMARY": path("summary"),
                    "SCRATCHCHECK_SIGNING_KEY": key,
                ])
        }

        /// The outputs of the step.
        func outputs() throws -> [String: String] {
            let text = (try? String(contentsOfFile: path("output"), encoding: .utf8)) ?? ""
            let pairs = text.split(separator: "\n").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
            return Dictionary(pairs.map { ($0[0], $0[1]) }) { $1 }
        }
    }

    @Test func aCheckIsReportedInAllPlaces() throws {
        let runner = try Runner()
        let result = try runner.run(try Self.step("Run"), arguments: "check . --platform linux/amd64")
        #expect(result.status == 0, "\(result.errors)")
        let outputs = try runner.outputs()
        let report = try #require(outputs["report"])
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: report))) as? [String: Any]
        #expect(json?["schemaVersion"] as? String == "1")
        let sarif = try Client.run("sarif", ["summary", try #require(outputs["sarif"])])
        #expect(sarif.status == 0, "\(sarif.output)\(sarif.errors)")
        #expect(try String(contentsOfFile: runner.path("summary"), encoding: .utf8).hasPrefix("## "))
    }

    /// Quotes keep words together, and nothing in the words is run or expanded. What follows -- goes to go.
    @Test(arguments: [
        "--platform linux/amd64 --ldflags '-s -w'", "check . -p linux/amd64 --ldflags \"-s -w\"",
        "check .\n-p linux/amd64\n--ldflags '-s -w'\n", ". -p linux/amd64 -- -ldflags='-s -w'",
    ]) func quotesKeepWordsTogether(arguments: String) throws {
        let runner = try Runner()
        let result = try runner.run(try Self.step("Run"), arguments: arguments)
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        // -s leaves the symbol table out.
        let sections = try Execution("readelf", ["-SW", runner.module.path("dist/linux/amd64/m")])
        #expect(sections.output.contains(".text") && !sections.output.contains(".symtab"))
    }

    @Test func nothingInTheArgumentsIsRun() throws {
        let runner = try Runner()
        let result = try runner.run(
            try Self.step("Run"), arguments: "check . -p linux/amd64 -o '$(touch ran); touch ran'")
        #expect(result.status == 0, "\(result.errors)")
        #expect(!runner.module.holds("ran"))
        #expect(runner.module.holds("$(touch ran); touch ran/linux/amd64/m"))
    }

    @Test(arguments: [
        ("check . -p linux/amd64 -- -buildmode=pie", 1), ("check ./missing -p linux/amd64", 64),
        ("check --no-such-option", 64), ("check 'an open quote", 1), ("gate --allow-unsigned .", 2),
    ]) func theExitCodeIsThatOfTheCommand(arguments: String, code: Int32) throws {
        let runner = try Runner()
        let result = try runner.run(try Self.step("Run"), arguments: arguments)
        #expect(result.status == code, "\(result.output)\(result.errors)")
    }

    /// Commands that write no report get no options for one.
    @Test func everyOtherCommandRunsToo() throws {
        let runner = try Runner()
        let step = try Self.step("Run")
        for arguments in [
            "keygen release", "image . -p linux/amd64 -t 'example.com/app:1.0' --label 'a=b c' --format json -q",
            "matrix --for github .", "dockerfile . --port 8080", "explain interpreter", "init --stdout", "--version",
            "",
        ] {
            let result = try runner.run(step, arguments: arguments)
            #expect(result.status == 0, "\(arguments): \(result.errors)")
        }
        #expect(try runner.outputs() == [:])
        #expect(runner.module.holds("image/index.json") && runner.module.holds("Dockerfile"))
        #expect(try runner.run(step, arguments: "dockerfile --lint Dockerfile").status == 0)
        #expect(try runner.outputs()["sarif"] != nil)
    }

    @Test func theKeySigns() throws {
        let runner = try Runner()
        try runner.module.run(["keygen", "release"]).check()
        let key = String(decoding: try runner.module.bytes("release.key"), as: UTF8.self)
        let result = try runner.run(try Self.step("Run"), arguments: "check . -p linux/amd64", key: key)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try runner.module.run(["gate", "--trust", "release.pub", "dist"]).status == 0)
    }

    /// A failed step does not keep the upload from running, and the upload does not make the job succeed (GitHub: `always()`).
    @Test func theUploadRunsAfterAFailureToo() throws {
        #expect(try Self.step("Upload SARIF", "if").hasPrefix("always() && inputs.sarif == 'true'"))
        #expect(
            try Self.value("str([step['name'] for step in action['runs']['steps']])")
                == "['Install', 'Run', 'Upload SARIF']")
    }

    @Test func theVersionIsThatOfTheProgram() throws {
        let version = try Execution(Checkout.root.appending(path: "Scripts/identity").path, ["version"]).output
        #expect(try Self.value("str(action['inputs']['version']['default'])") + "\n" == version)
    }

    @Test(arguments: ["Install", "Run"]) func eachStepIsClean(name: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("#!/usr/bin/env bash\nset -eo pipefail\n" + Self.step(name), to: "step.sh")
        let result = try Execution("shellcheck", [file.path])
        #expect(result.status == 0, "\(result.output)")
    }
}
