import Foundation
import TestSupport
import Testing

/// A program in GOCACHEPROG may return objects that another machine compiled. What it supplied is not hidden.
@Suite struct CacheProgramTests {
    private static let field = "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#build-cache/v0.1"

    /// A cache that never has anything, and writes down which build asked it (`go doc cmd/go/internal/cacheprog`).
    private static let cacher = """
        #!/usr/bin/env python3
        import base64, json, os, sys
        here = os.path.dirname(os.path.abspath(__file__))
        with open(here + "/started", "a") as log:
            log.write("GOCACHE=" + os.environ.get("GOCACHE", "") + "\\n")
        def say(answer):
            sys.stdout.write(json.dumps(answer) + "\\n")
            sys.stdout.flush()
        say({"ID": 0, "KnownCommands": ["get", "put", "close"]})
        lines = (line for line in sys.stdin if line.strip())
        for line in lines:
            request = json.loads(line)
            answer = {"ID": request["ID"]}
            if request["Command"] == "get":
                answer["Miss"] = True
            elif request["Command"] == "put":
                body = base64.b64decode(json.loads(next(lines))) if request.get("BodySize") else b""
                answer["DiskPath"] = os.path.join(here, base64.b64decode(request["OutputID"]).hex())
                with open(answer["DiskPath"], "wb") as file:
                    file.write(body)
            say(answer)

        """

    private func stamp(_ module: GoModule) throws -> [String: Any] {
        let statement = try module.json("dist/linux/amd64/m.intoto.json")
        return try #require(statement["predicate"] as? [String: Any])
    }

    @Test func itIsNamedAndStampedAndTheSecondBuildRunsWithoutIt() throws {
        let module = try GoModule()
        let tools = try TemporaryFolder()
        let cacher = try tools.write(CacheProgramTests.cacher, to: "cacher").path
        try Execution("chmod", ["+x", cacher]).check()
        let result = try module.check(
            ["-p", "linux/amd64", "--reproduce", "--go", GoCommand.newest],
            environment: ["GOCACHEPROG": "\(cacher) --token=secret", "GOTOOLCHAIN": "local"])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.errors.contains("GOCACHEPROG=\(cacher) from the environment is in force"))
        #expect(!result.errors.contains("secret"))
        #expect(try stamp(module)[CacheProgramTests.field] as? String == "cacher")
        let started = try String(contentsOf: tools.url.appending(path: "started"), encoding: .utf8)
        #expect(started.contains("GOCACHE="))
        // The second build has its own cache in the staging folder.
        #expect(!started.contains(".staticcheck-"), "\(started)")
    }

    @Test func otherStampsKeepTheirBytes() throws {
        let module = try GoModule()
        #expect(try module.check(["-p", "linux/amd64", "-q"]).status == 0)
        #expect(try stamp(module)[CacheProgramTests.field] == nil)
    }

    /// A tab or newline separates flags for go, and a file of `go env -w` holds them too.
    @Test(arguments: ["-v\t-buildmode=pie", "-v\n-buildmode=pie", "-v\t-toolexec=/nonexistent"])
    func goFlagsAreSplitAsGoSplitsThem(flags: String) throws {
        let module = try GoModule()
        let result = try module.check(["-p", "linux/amd64"], environment: ["GOFLAGS": flags])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.errors.contains("in GOFLAGS is ignored"))
        try module.folder.write("GOFLAGS=\(flags.replacing("\n", with: "\t"))\n", to: "goenv")
        let stored = try module.check(["-p", "linux/amd64"], environment: ["GOENV": module.path("goenv")])
        #expect(stored.status == 0 && stored.errors.contains("in GOFLAGS is ignored"), "\(stored.errors)")
    }

    @Test func quotesInGoFlagsAreRefused() throws {
        let result = try GoModule().check(["-p", "linux/amd64"], environment: ["GOFLAGS": "'-toolexec=/x y'"])
        #expect(result.status == 2)
        #expect(result.errors.contains("GOFLAGS is refused"), "\(result.errors)")
    }
}
