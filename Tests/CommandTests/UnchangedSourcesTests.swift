import Foundation
import TestSupport
import Testing

/// When nothing has changed since the last run, go is only asked to build. The go command is a script that writes down each call
/// and calls the real one.
struct UnchangedSourcesTests {
    private let module: GoModule

    init() throws {
        module = try GoModule(["cmd/a/main.go": GoModule.hello])
        let go = try Execution("sh", ["-c", "command -v go"]).output.split(separator: "\n")[0]
        try module.folder.write("", to: "goroot/VERSION")
        try module.folder.write("module std\n", to: "goroot/src/go.mod")
        let script = "#!/bin/sh\necho \"$1\" >>\"${0%/bin/go}/calls\"\nexec \(go) \"$@\"\n"
        try module.folder.write(script, to: "goroot/bin/go")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: module.path("goroot/bin/go"))
    }

    /// Runs `check ./...`.
    ///
    /// - Returns: The packages of the programs, and the calls of go.
    private func check(_ options: [String] = []) throws -> (programs: [String], calls: Set<String>) {
        try? FileManager.default.removeItem(atPath: module.path("goroot/calls"))
        let result = try module.run(
            ["check", "--go", module.path("goroot/bin/go"), "-p", "linux/amd64", "--no-stamp", "--format", "json"]
                + options + ["./cmd/..."],
            environment: ["XDG_CACHE_HOME": module.path("user"), "GOCACHE": try Self.goCache()])
        #expect(result.status == 0, "\(result.errors)")
        let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
        let calls = try String(contentsOfFile: module.path("goroot/calls"), encoding: .utf8)
        return (report.binaries.map(\.package), Set(calls.split(separator: "\n").map(String.init)))
    }

    private struct Report: Decodable {
        let binaries: [Binary]

        struct Binary: Decodable {
            let package: String
        }
    }

    private static func goCache() throws -> String {
        try Execution("go", ["env", "GOCACHE"]).output.split(separator: "\n").map(String.init)[0]
    }

    @Test func goIsNotAskedAboutSourcesThatItKnows() throws {
        // Sources that were written a moment ago are not remembered.
        sleep(3)
        #expect(try check().calls == ["env", "list", "build"])
        #expect(try check().calls == ["build"])
        // The second build is there to find what the first may have wrong.
        #expect(try check(["--reproduce"]).calls.isSuperset(of: ["env", "list", "build"]))

        try module.folder.write(GoModule.hello, to: "cmd/b/main.go")
        let added = try check()
        #expect(added.programs == ["example.com/m/cmd/a", "example.com/m/cmd/b"])
        #expect(added.calls == ["env", "list", "build"])

        // Now every file is again as it was for the first run.
        try FileManager.default.removeItem(atPath: module.path("cmd/b/main.go"))
        let removed = try check()
        #expect(removed.programs == ["example.com/m/cmd/a"] && removed.calls == ["build"])
    }
}
