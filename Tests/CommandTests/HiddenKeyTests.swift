import Foundation
import TestSupport
import Testing

/// What no child process gets to see of the key that signs.
@Suite struct HiddenKeyTests {
    private let module: GoModule
    private let key: String

    init() throws {
        module = try GoModule()
        try module.run(["keygen", "own"]).check()
        key = String(decoding: try module.bytes("own.key"), as: UTF8.self)
    }

    /// Installs a `go` that runs a line of shell before the real one, and returns the PATH that finds it.
    private func wrapGo(_ line: String) throws -> String {
        let go = try Execution("bash", ["-c", "command -v go"]).output.trimmingCharacters(in: .whitespacesAndNewlines)
        try module.folder.write("#!/bin/sh\n\(line)\nexec \(go) \"$@\"\n", to: "bin/go")
        try Execution("chmod", ["+x", module.path("bin/go")]).check()
        return module.path("bin") + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    }

    /// Each way to name a variable: the option, the environment, the configuration.
    @Test(
        arguments: [
            (["--key", "env:STAMP_KEY"], [:], ""), (["--key=env:STAMP_KEY"], [:], ""),
            ([], ["SCRATCHCHECK_KEY": "env:STAMP_KEY"], ""), ([], [:], "stamps: {key: env:STAMP_KEY}\n"),
            (["--no-stamp"], [:], "stamps: {key: env:STAMP_KEY}\n"),
            (["--no-stamp", "--key", "env:STAMP_KEY"], [:], ""),
        ] as [([String], [String: String], String)])
    func noChildSeesThePrivateKey(arguments: [String], variables: [String: String], configuration: String) throws {
        if !configuration.isEmpty { try module.folder.write(configuration, to: "scratchcheck.yaml") }
        let seen = module.path("seen")
        let path = try wrapGo("env >>'\(seen)'\ntr '\\0' '\\n' <\"/proc/$PPID/environ\" >>'\(seen)' 2>/dev/null")
        let environment = ["STAMP_KEY": key, "PATH": path].merging(variables) { $1 }
        let result = try module.check(["-p", "linux/amd64", "-q"] + arguments, environment: environment)
        #expect(result.status == 0, "\(result.errors)")
        if !arguments.contains("--no-stamp") { #expect(module.holds("dist/linux/amd64/m.intoto.jsonl")) }
        let text = String(decoding: try module.bytes("seen"), as: UTF8.self)
        #expect(text.contains("GOARCH=amd64"))
        let lines = text.split(separator: "\n").filter { $0.contains("STAMP_KEY=") }
        #expect(lines.isEmpty)
        #expect(!text.contains(key.split(separator: "\n")[1]))
    }

    @Test(arguments: [([], "readable"), (["--key", "env:STAMP_KEY"], "sealed"), (["--key", "own.key"], "sealed")])
    func otherProcessesOfTheUserCannotReadTheMemory(arguments: [String], answer: String) throws {
        let path = try wrapGo("cat /proc/$PPID/environ >/dev/null 2>&1 && echo readable >seen || echo sealed >seen")
        var words = [Checkout.program]
        if getuid() == 0 {
            words = [module.path("staticcheck")]
            try FileManager.default.copyItem(atPath: Checkout.program, toPath: words[0])
            try Execution("chown", ["-R", "65534:65534", module.folder.url.path]).check()
            words = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"] + words
        }
        words += ["check", "-p", "linux/amd64", "-q"] + arguments
        let result = try Execution(
            words[0], Array(words.dropFirst()), in: module.folder.url,
            environment: [
                "PATH": path, "STAMP_KEY": key, "HOME": module.path("home"), "GOCACHE": module.path("cache"),
            ])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(String(decoding: try module.bytes("seen"), as: UTF8.self) == answer + "\n")
    }
}
