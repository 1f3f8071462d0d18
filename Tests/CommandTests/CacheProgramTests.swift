import Foundation
import TestSupport
import Testing

/// A cache program may return objects that another machine compiled. What it supplied is counted and named, and a false object
/// is found by the second build of `--reproduce`.
@Suite struct CacheProgramTests {
    private static let field = "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#build-cache/v0.2"
    private static let sources = [
        "main.go": "package main\n\nimport \"example.com/m/lib\"\n\nfunc main() { println(lib.Word()) }\n",
        "lib/lib.go": "package lib\n\n//go:noinline\nfunc Word() string { return \"a word of the library\" }\n",
    ]
    private static let newest = ["-p", "linux/amd64", "--go", GoCommand.newest]

    /// A folder with the objects of the module, as a cache program of another machine has filled it.
    private static let filled = Result { () throws -> TemporaryFolder in
        let folder = try TemporaryFolder()
        try GoModule(sources).check(
            newest + ["--cache", try CacheFolder(folder).words()], environment: ["GOTOOLCHAIN": "local"]
        ).check()
        return folder
    }

    /// A folder of objects with the program of the tests, which reads how it must behave from its arguments.
    private struct CacheFolder {
        let folder: TemporaryFolder
        let log: URL

        init(_ folder: TemporaryFolder) throws {
            self.folder = folder
            log = folder.url.appending(path: UUID().uuidString)
        }

        func words(_ mode: String = "") -> String {
            let program = Checkout.root.appending(path: "Tests/CommandTests/CachePrograms/folder-cache.py").path
            return "\(program) \(folder.url.path) \(mode)"
        }

        var started: [String] {
            get throws { try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map(String.init) }
        }
    }

    private func check(
        _ module: GoModule, _ cache: CacheFolder, _ mode: String = "", _ arguments: [String] = []
    ) throws -> Execution {
        try module.check(
            CacheProgramTests.newest + ["--cache", cache.words(mode)] + arguments,
            environment: ["GOTOOLCHAIN": "local", "CACHE_LOG": cache.log.path])
    }

    private func stamp(_ module: GoModule) throws -> [String: Any] {
        let statement = try module.json("dist/linux/amd64/m.intoto.json")
        return try #require(statement["predicate"] as? [String: Any])
    }

    private func filled() throws -> CacheFolder { try CacheFolder(try CacheProgramTests.filled.get()) }

    @Test func itIsNamedCountedAndStampedAndTheSecondBuildRunsWithoutIt() throws {
        let module = try GoModule(CacheProgramTests.sources)
        let cache = try filled()
        let result = try check(module, cache, "plain --token=secret", ["--reproduce", "--report", "json=r.json"])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(!result.errors.contains("secret") && !result.output.contains("secret"))
        #expect(result.errors.contains("CachePrograms/folder-cache.py"))
        let claim = try #require(try stamp(module)[CacheProgramTests.field] as? [String: Any])
        #expect(claim["name"] as? String == "folder-cache.py")
        #expect(claim["hits"] as? Int ?? 0 > 20 && claim["bytes"] as? Int ?? 0 > 1_000_000)
        let binary = try #require((try module.json("r.json")["binaries"] as? [[String: Any]])?.first)
        #expect(binary["cache"] as? NSDictionary == claim as NSDictionary)
        #expect(result.output.contains("cache program folder-cache.py: \(claim["hits"] ?? "") hits, "))
        // The second build was identical, so that nothing is left to say.
        #expect((binary["findings"] as? [[String: Any]])?.contains { $0["rule"] as? String == "build-cache" } == false)
        let started = try cache.started
        #expect(started.count == 1, "\(started)")
    }

    /// The object of lib holds another text of the same length: go takes it as it is.
    @Test func aFalseObjectIsFoundByTheSecondBuildAndItsPackageNamed() throws {
        let module = try GoModule(CacheProgramTests.sources)
        let poison = "poison 'a word of the library' 'a word of an attacker'"
        let blind = try check(module, try filled(), poison, ["--report", "json=blind.json"])
        #expect(blind.status == 0, "\(blind.errors)")
        #expect(try Execution(module.path("dist/linux/amd64/m"), []).errors == "a word of an attacker\n")
        let rules = try findings("blind.json", of: module).compactMap { $0["rule"] as? String }
        #expect(rules.contains("build-cache"))

        let result = try check(module, try filled(), poison, ["--reproduce", "--report", "json=r.json"])
        #expect(result.status == 1, "\(result.output)\(result.errors)")
        let finding = try #require(
            try findings("r.json", of: module).first { $0["rule"] as? String == "not-reproducible" })
        let evidence = finding["evidence"] as? String ?? ""
        #expect(evidence.hasPrefix("package example.com/m/lib: the object from the cache program"), "\(evidence)")
        #expect((finding["remedy"] as? String)?.contains("Build without --cache") == true)
        let binary = try #require((try module.json("r.json")["binaries"] as? [[String: Any]])?.first)
        #expect((binary["reproduction"] as? [String: Any])?["cachedPackages"] as? [String] == ["example.com/m/lib"])
        #expect(!module.holds("dist/linux/amd64/m.intoto.json"))
    }

    private func findings(_ report: String, of module: GoModule) throws -> [[String: Any]] {
        (try module.json(report)["binaries"] as? [[String: Any]])?.first?["findings"] as? [[String: Any]] ?? []
    }

    /// A file that was made with a cache program must not become one that seems made without.
    @Test func aFileMadeWithACacheIsLinkedAnewWithoutIt() throws {
        let module = try GoModule(CacheProgramTests.sources)
        #expect(try check(module, try filled(), "poison 'a word of the library' 'a word of an attacker'").status == 0)
        let result = try module.check(CacheProgramTests.newest, environment: ["GOTOOLCHAIN": "local"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try stamp(module)[CacheProgramTests.field] == nil)
        #expect(try Execution(module.path("dist/linux/amd64/m"), []).errors == "a word of the library\n")
    }

    @Test(arguments: [
        ("die 0", "exit code 3 before it said which commands"), ("die 9", "exit code 3 before the build, with"),
        ("garbage 0", "'<html>502 Bad Gateway</html>'"), ("garbage 9", "'<html>502 Bad Gateway</html>'"),
        ("hang 0", "within 10 s"),
    ])
    func aProgramThatFailsIsNamedWithTheReason(mode: String, words: String) throws {
        let module = try GoModule(CacheProgramTests.sources)
        let result = try check(module, try filled(), mode)
        #expect(result.status == 2 && !module.holds("dist/linux/amd64/m"))
        #expect(result.output.contains("the cache program folder-cache.py failed: "), "\(result.output)")
        #expect(result.output.contains(words) && result.output.contains("build without --cache"), "\(result.output)")
    }

    @Test func aProgramThatDoesNotEndIsEnded() throws {
        let cache = try filled()
        let result = try check(try GoModule(CacheProgramTests.sources), cache, "linger")
        #expect(result.status == 0, "\(result.output)")
        #expect(try runningPrograms(cache).isEmpty)
        #expect(try Execution("pgrep", ["-f", cache.words("linger")]).output.isEmpty)
    }

    @Test func nothingRunsOnAfterAnInterruption() throws {
        let module = try GoModule(CacheProgramTests.sources)
        let cache = try filled()
        // Without job control a shell has its background jobs ignore SIGINT.
        let script = """
            set -m; "$0" check "${@:2}" & pid=$!
            until [ -s "$1" ]; do sleep 0.1; done; sleep 0.5; kill -INT $pid; wait $pid
            """
        let result = try Execution(
            "bash",
            ["-c", script, Checkout.program, cache.log.path] + CacheProgramTests.newest
                + ["--cache", cache.words("hang 9")], in: module.folder.url,
            environment: ["GOTOOLCHAIN": "local", "CACHE_LOG": cache.log.path])
        #expect(result.status == 130)
        #expect(try runningPrograms(cache).isEmpty)
        #expect(!module.holds("dist/linux/amd64/m"))
    }

    /// The processes of a cache that are alive. A zombie, whose parent has not asked for it yet, does nothing.
    private func runningPrograms(_ cache: CacheFolder) throws -> [String] {
        try cache.started.compactMap { line in
            let id = line.split(separator: " ")[0].dropFirst("pid=".count)
            let state = (try? String(contentsOf: URL(filePath: "/proc/\(id)/stat"), encoding: .utf8))?
                .split(separator: ")").last?.split(separator: " ").first
            return state == nil || state == "Z" ? nil : String(id)
        }
    }

    @Test func allShardsAskItAndTheMergedReportNamesIt() throws {
        let module = try GoModule([
            "cmd/a/main.go": GoModule.hello, "cmd/b/main.go": GoModule.hello,
        ])
        let cache = try filled()
        for shard in ["1/2", "2/2"] {
            let result = try check(
                module, cache, "", ["./...", "--shard", shard, "--report", "json=\(shard.first ?? "0").json"])
            #expect(result.status == 0, "\(result.errors)")
        }
        let merged = try module.run(["merge", "1.json", "2.json"])
        #expect(merged.output.contains("cache program folder-cache.py: "), "\(merged.output)\(merged.errors)")
        #expect(try cache.started.count == 2)
        for format in ["markdown", "html", "tap", "sarif", "junit", "gitlab"] {
            let text = try module.run(["merge", "1.json", "2.json", "--format", format]).output
            #expect(text.contains("cache program"), "\(format): \(text)")
        }
    }

    @Test func anOlderGoIsNamed() throws {
        let module = try GoModule()
        let old = try #require(["/usr/bin/go"].first(where: FileManager.default.isExecutableFile))
        let found = try GoCommand.run(old, ["env", "GOVERSION"]).split(separator: "\n")[0]
        let result = try module.check(["-p", "linux/amd64", "--go", old, "--cache", "cat"])
        #expect(result.status == 2)
        #expect(
            result.errors.contains("\(old) is \(found), and a cache program needs go 1.24 or later"), "\(result.errors)"
        )
    }

    @Test(arguments: [
        ("/nonexistent/cacher -v", "/nonexistent/cacher does not exist or is not executable"),
        ("nocacher --x", "nocacher is not on PATH"), ("'cat", "is not closed"), ("./main.go", "not executable"),
    ])
    func aProgramThatIsNotThereIsSaidAtOnce(words: String, message: String) throws {
        let result = try GoModule().check(CacheProgramTests.newest + ["--cache=\(words)"])
        #expect(result.status == 2 && result.errors.contains(message), "\(result.errors)")
    }

    @Test func withoutTheOptionTheVariableDoesNotCount() throws {
        let module = try GoModule()
        let value = "/nonexistent/cacher --token=secret"
        let result = try module.check(
            CacheProgramTests.newest, environment: ["GOCACHEPROG": value, "GOTOOLCHAIN": "local"])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(
            result.errors.contains(
                "GOCACHEPROG=cacher from the environment is ignored: --cache names the cache program"))
        #expect(!result.errors.contains("secret"))
        #expect(try stamp(module)[CacheProgramTests.field] == nil)
    }

    @Test func theConfigurationNamesAProgramOnPath() throws {
        let module = try GoModule(CacheProgramTests.sources)
        let cache = try filled()
        let tools = try TemporaryFolder()
        let script = "#!/bin/sh\ncd / && exec \(cache.words())\n"
        let program = try tools.write(script, to: "team-cacher")
        try Execution("chmod", ["+x", program.path]).check()
        try module.folder.write("cache: team-cacher\n", to: "scratchcheck.yaml")
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        func run(_ folder: String, _ arguments: [String] = []) throws -> Execution {
            try module.check(
                CacheProgramTests.newest + arguments,
                environment: ["GOTOOLCHAIN": "local", "CACHE_LOG": cache.log.path, "PATH": "\(folder):\(path)"])
        }
        let result = try run(tools.url.path)
        #expect(result.status == 0 && result.output.contains("cache program team-cacher: "), "\(result.errors)")
        #expect(try run(tools.url.path, ["--cache", "off"]).output.contains("cache program") == false)

        // A program in the tree could be changed by whoever proposes a change to it.
        try module.folder.write(script, to: "bin/team-cacher")
        try Execution("chmod", ["+x", module.path("bin/team-cacher")]).check()
        let refused = try run(module.path("bin"))
        #expect(
            refused.status == 2 && refused.errors.contains("lies in the folder of the configuration"),
            "\(refused.errors)")
    }
}
