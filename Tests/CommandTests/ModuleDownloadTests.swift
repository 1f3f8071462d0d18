import Foundation
import TestSupport
import Testing

/// Modules that are missing are downloaded once, before the builds begin, and not by each of them.
@Suite struct ModuleDownloadTests {
    private static let platforms = "linux/amd64,linux/arm64,linux/386"
    private let module: GoModule
    private let tools: TemporaryFolder

    /// A module proxy of files, and a go command that notes whether the module is there when it begins.
    init() throws {
        module = try GoModule([
            "main.go": "package main\n\nimport \"example.com/Dep\"\n\nfunc main() { println(dep.Word) }\n",
            "go.mod": "module example.com/m\n\ngo 1.18\n\nrequire example.com/Dep v1.0.0\n",
        ])
        tools = try TemporaryFolder()
        let script = """
            import sys, zipfile, os
            place = sys.argv[1] + "/proxy/example.com/!dep/@v/"
            os.makedirs(place)
            mod = "module example.com/Dep\\n"
            open(place + "list", "w").write("v1.0.0\\n")
            open(place + "v1.0.0.info", "w").write('{"Version": "v1.0.0"}')
            open(place + "v1.0.0.mod", "w").write(mod)
            with zipfile.ZipFile(place + "v1.0.0.zip", "w") as archive:
                archive.writestr("example.com/Dep@v1.0.0/go.mod", mod)
                archive.writestr("example.com/Dep@v1.0.0/dep.go", 'package dep\\n\\nconst Word = "hello"\\n')
            """
        try Execution("python3", ["-c", script, tools.url.path]).check()
        try tools.write(
            """
            #!/bin/sh
            case $1 in build | list)
                [ -d "$GOMODCACHE/example.com/!dep@v1.0.0" ] && state=present || state=missing
                echo "$1 $state" >>"$GO_LOG"
            esac
            exec "$REAL_GO" "$@"

            """, to: "go")
        try Execution("chmod", ["+x", tools.url.appending(path: "go").path]).check()
        let tidy = try Execution("go", ["mod", "tidy"], in: module.folder.url, environment: environment(cache: "tidy"))
        try tidy.check()
    }

    private func environment(cache: String) -> [String: String] {
        [
            "GOPROXY": "file://\(tools.url.path)/proxy", "GONOSUMDB": "*", "GOFLAGS": "-modcacherw",
            "GOMODCACHE": tools.url.appending(path: cache).path,
            "GO_LOG": tools.url.appending(path: cache + ".log").path,
            "GOTOOLCHAIN": "local", "REAL_GO": "/usr/bin/go",
        ]
    }

    private func log(_ arguments: [String] = [], cache: String) throws -> [String] {
        let go = tools.url.appending(path: "go").path
        let result = try module.check(
            ["-p", ModuleDownloadTests.platforms, "--go", go] + arguments, environment: environment(cache: cache))
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        return try String(contentsOf: tools.url.appending(path: cache + ".log"), encoding: .utf8)
            .split(separator: "\n").map(String.init)
    }

    @Test func everyBuildFindsThem() throws {
        let first = try log(cache: "cold")
        #expect(first.filter { $0.hasPrefix("build") } == Array(repeating: "build present", count: 3), "\(first)")
        #expect(first.contains("list missing"))
    }

    /// With a vendor folder nothing is downloaded, neither before nor in the builds.
    @Test func aVendorFolderIsEnough() throws {
        try Execution("go", ["mod", "vendor"], in: module.folder.url, environment: environment(cache: "tidy")).check()
        let lines = try log(cache: "vendored")
        #expect(lines.allSatisfy { $0.hasSuffix("missing") }, "\(lines)")
        #expect(!FileManager.default.fileExists(atPath: tools.url.appending(path: "vendored/example.com").path))
    }
}
