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

    /// Runs `check`.
    private func check(_ options: [String]) throws -> Execution {
        try? FileManager.default.removeItem(atPath: module.path("goroot/calls"))
        let cache = try Execution("go", ["env", "GOCACHE"]).output.split(separator: "\n").map(String.init)[0]
        let own = ["check", "--go", module.path("goroot/bin/go"), "-p", "linux/amd64", "--no-stamp"]
        let result = try module.run(
            own + options + ["./cmd/..."], environment: ["XDG_CACHE_HOME": module.path("user"), "GOCACHE": cache])
        #expect(result.status == 0, "\(result.errors)")
        return result
    }

    /// The packages of the programs that are built.
    private func programs() throws -> [String] {
        let report = try check(["--format", "json"]).output
        return try JSONDecoder().decode(Report.self, from: Data(report.utf8)).binaries.map(\.package)
    }

    /// What the last run asked go for.
    private var calls: Set<String> {
        get throws {
            let text = try String(contentsOfFile: module.path("goroot/calls"), encoding: .utf8)
            return Set(text.split(separator: "\n").map(String.init))
        }
    }

    private struct Report: Decodable {
        let binaries: [Binary]

        struct Binary: Decodable {
            let package: String
        }
    }

    @Test func goIsNotAskedAboutSourcesThatItKnows() throws {
        // Sources that were written a moment ago are not remembered.
        usleep(20_000)
        #expect(try programs() == ["example.com/m/cmd/a"])
        #expect(try calls == ["env", "list", "build"])
        #expect(try programs() == ["example.com/m/cmd/a"])
        #expect(try calls == ["build"])

        // What a function does decides nothing about packages.
        try module.folder.write(GoModule.hello + "\nfunc init() { println(1) }\n", to: "cmd/a/main.go")
        #expect(try programs() == ["example.com/m/cmd/a"])
        #expect(try calls == ["build"])

        try module.folder.write(GoModule.hello, to: "cmd/b/main.go")
        #expect(try programs() == ["example.com/m/cmd/a", "example.com/m/cmd/b"])
        #expect(try calls == ["list", "build"])

        try FileManager.default.removeItem(atPath: module.path("cmd/b/main.go"))
        #expect(try programs() == ["example.com/m/cmd/a"])

        // A second build is there to find what is wrong with the first, so nothing is taken from earlier runs.
        _ = try check(["--dry-run", "--reproduce"])
        #expect(try calls == ["env", "list"])
    }
}
