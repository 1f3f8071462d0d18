import Foundation
import TestSupport
import Testing

/// The second build of `--reproduce`, where its copy does not have all that the first build reads.
struct SecondBuildTests {
    private func check(_ module: GoModule, in folder: String, _ flags: String = "") throws -> Execution {
        try module.run(
            ["check", "-q", "-C", folder, "-p", "linux/amd64", "--reproduce"], environment: ["GOFLAGS": flags])
    }

    /// A repository whose module has a replaced one beside it, outside.
    @Test func aModuleOutsideOfTheRepositoryIsNamed() throws {
        let module = try GoModule([
            "app/go.mod": "module app\n\ngo 1.18\n\nrequire example.org/l v0.0.0\n\nreplace example.org/l => ../l\n",
            "app/main.go": "package main\n\nimport \"example.org/l\"\n\nfunc main() { println(l.X) }\n",
            "l/go.mod": "module example.org/l\n", "l/l.go": "package l\n\nconst X = 1\n",
        ])
        let result = try check(module, in: "app")
        #expect(result.status == 2)
        let real = module.folder.url.resolvingSymlinksInPath().path
        #expect(
            result.output.contains("the module in \(real)/l is not below \(real)/app"), "\(result.output)")
    }

    @Test func anOverlayIsNamed() throws {
        let module = try GoModule()
        try module.folder.write(GoModule.hello.replacing("hello", with: "other"), to: "other.txt")
        try module.folder.write(
            "{\"Replace\": {\"\(module.path("main.go"))\": \"\(module.path("other.txt"))\"}}", to: "overlay.json")
        let result = try check(module, in: ".", "-overlay=\(module.path("overlay.json"))")
        #expect(result.status == 2)
        #expect(result.output.contains("-overlay names files by paths that a copy does not have"), "\(result.output)")
    }

    /// git writes a relative path into the file `.git` of a submodule.
    @Test func aSubmoduleIsBuiltTwice() throws {
        let inner = try GoModule()
        try inner.commit()
        let outer = try TemporaryFolder()
        let add =
            "git init -q . && git -c protocol.file.allow=always submodule --quiet add '\(inner.folder.url.path)' sub"
        let added = try Execution("sh", ["-c", add], in: outer.url)
        #expect(added.status == 0, "\(added.errors)")
        let git = try String(contentsOf: outer.url.appending(path: "sub/.git"), encoding: .utf8)
        #expect(git.hasPrefix("gitdir: .."))
        let result = try Execution(
            Checkout.program, ["check", "-q", "-C", "sub", "-p", "linux/amd64", "--reproduce"], in: outer.url)
        #expect(result.status == 0, "\(result.output)\(result.errors)")
    }
}
