import Foundation
import TestSupport
import Testing

/// Programs with C code are built for other platforms by zig, and linked statically. Each file is judged like any other.
@Suite(.serialized) struct CgoBuildTests {
    static let files = [
        "main.go": """
        package main

        import "example.com/m/root"

        func main() { println("root", int(root.Of(1764))) }
        """,
        "root/root.go": """
        package root

        // #cgo LDFLAGS: -lm
        // #include <math.h>
        // static double root(double x) { return sqrt(x); }
        import "C"

        func Of(x float64) float64 { return float64(C.root(C.double(x))) }
        """,
    ]
    private static let field = "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#c-code/v0.1"

    /// PyPI's ziglang, behind the programs of the system.
    static let environment = [
        "PATH": (ProcessInfo.processInfo.environment["PATH"] ?? "") + ":"
            + Checkout.root.appending(path: ".build-python/bin").path
    ]

    private func check(_ module: GoModule, _ arguments: [String]) throws -> Execution {
        try module.check(arguments, environment: CgoBuildTests.environment.merging(["GOTOOLCHAIN": "local"]) { $1 })
    }

    /// readelf's word that a file is static.
    private func expectStatic(_ path: String) throws {
        let headers = try Execution("readelf", ["-lW", path])
        #expect(headers.status == 0 && !headers.output.contains("INTERP"), "\(headers.output)")
        #expect(try Execution("readelf", ["-dW", path]).output.contains("There is no dynamic section"))
    }

    private func summary(_ module: GoModule, _ stamp: String) throws -> [String: Any] {
        try #require(try module.json(stamp)["predicate"] as? [String: Any])
    }

    @Test(arguments: ["go", GoCommand.newest]) func aProgramWithCRunsOnOtherPlatforms(go: String) throws {
        let module = try GoModule(CgoBuildTests.files)
        let result = try check(
            module,
            ["-p", "linux/amd64,linux/arm64", "--cgo", "zig", "--ldflags", "-s", "--notes"]
                + (go.contains("/") ? ["--go", go] : []))
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.output.contains("C in example.com/m/root (-lm)"), "\(result.output)")
        for (goarch, emulator) in [("amd64", "qemu-x86_64-static"), ("arm64", "qemu-aarch64-static")] {
            let path = module.path("dist/linux/\(goarch)/m")
            try expectStatic(path)
            #expect(try GoCommand.run(go, ["version", "-m", path]).contains("CGO_ENABLED=1"))
            let run = try Execution(emulator, [path])
            #expect(run.status == 0 && run.errors == "root 42\n", "\(run.errors)")
            let claim = try summary(module, "dist/linux/\(goarch)/m.intoto.json")[CgoBuildTests.field]
            let code = try #require(claim as? [String: Any])
            #expect((code["compiler"] as? String)?.hasPrefix("zig ") == true)
            #expect(code["packages"] as? [String: [String]] == ["example.com/m/root": ["m"]])
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: module.folder.url.path)
        #expect(Set(names) == ["dist", "go.mod", "main.go", "root"])
    }

    @Test(arguments: [
        ("linux/ppc64", "cannot be compiled for linux/ppc64"), ("windows/amd64", "--cgo is for Linux"),
        ("linux/amd64,linux/mips", "cannot be compiled for linux/mips"),
    ])
    func aPlatformThatIsNotSharedIsNamedBeforeAnythingIsBuilt(platforms: String, words: String) throws {
        let module = try GoModule(CgoBuildTests.files)
        let result = try check(module, ["-p", platforms, "--cgo", "zig"])
        #expect(result.status == 2 && result.errors.contains(words), "\(result.errors)")
        #expect(!module.holds("dist"))
    }

    @Test func allMeansThePlatformsThatAreShared() throws {
        let result = try check(try GoModule(CgoBuildTests.files), ["-p", "all", "--cgo", "zig", "--dry-run"])
        #expect(result.status == 0)
        #expect(result.output.contains("GOARCH=s390x") && !result.output.contains("GOARCH=mips"))
        #expect(result.errors.contains("note: not for linux/arm, linux/loong64, linux/mips"), "\(result.errors)")
    }

    // MARK: Finding zig

    /// A folder with a go command and nothing else.
    private func toolsWithoutZig() throws -> TemporaryFolder {
        let tools = try TemporaryFolder()
        try tools.write("#!/bin/sh\nexec \(GoCommand.newest) \"$@\"\n", to: "go")
        try Execution("chmod", ["755", tools.url.appending(path: "go").path]).check()
        return tools
    }

    @Test func withoutZigTheMessageSaysHowToGetIt() throws {
        let tools = try toolsWithoutZig()
        let result = try GoModule(CgoBuildTests.files).check(
            ["-p", "linux/amd64", "--cgo", "zig"], environment: ["PATH": tools.url.path])
        #expect(result.status == 2 && result.errors.contains("pip install ziglang"), "\(result.errors)")
    }

    @Test(arguments: [
        ("exit 3", "failed"), ("echo", "failed"), ("echo '0.1 -Wl,--evil'", "failed"), ("echo '$(touch x)'", "failed"),
    ])
    func aProgramThatIsNotZigIsRefused(body: String, words: String) throws {
        let tools = try toolsWithoutZig()
        let zig = try tools.write("#!/bin/sh\n\(body)\n", to: "zig").path
        try Execution("chmod", ["755", zig]).check()
        let result = try GoModule(CgoBuildTests.files).check(
            ["-p", "linux/amd64", "--cgo", "zig", "--dry-run"], environment: ["PATH": tools.url.path])
        #expect(result.status == 2 && result.errors.contains("'\(zig) version' \(words)"), "\(result.errors)")
    }

    /// Python looks for modules in the working folder first, and that is the folder of the sources.
    @Test func aPackageInTheSourcesIsNotRun() throws {
        var files = CgoBuildTests.files
        files["ziglang/__init__.py"] = "open('\(files.count)', 'w')\nraise SystemExit(7)\n"
        files["ziglang.py"] = files["ziglang/__init__.py"]
        let module = try GoModule(files)
        let result = try check(module, ["-p", "linux/amd64", "--cgo", "zig", "--dry-run"])
        #expect(result.status == 0 && result.output.contains("site-packages/ziglang/zig"), "\(result.errors)")
        #expect(!module.holds("\(CgoBuildTests.files.count)"))
    }

    // MARK: The machine's own compiler

    #if arch(x86_64)
        private static let own = "linux/amd64"
        private static let other = "linux/arm64"
    #else
        private static let own = "linux/arm64"
        private static let other = "linux/amd64"
    #endif

    @Test(arguments: [([:], ["--reproduce"]), (["CC": "musl-gcc -O1"], [])])
    func theMachinesOwnCompilerLinksStatically(environment: [String: String], more: [String]) throws {
        let module = try GoModule(CgoBuildTests.files)
        let result = try module.check(
            ["-p", CgoBuildTests.own, "--cgo", "native", "-q"] + more, environment: environment)
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        let path = module.path("dist/\(CgoBuildTests.own)/m")
        try expectStatic(path)
        #expect(try Execution(path, []).errors == "root 42\n")
        let claim = try summary(module, "dist/\(CgoBuildTests.own)/m.intoto.json")[CgoBuildTests.field]
        #expect((claim as? [String: Any])?["compiler"] as? String == "musl-gcc")
    }

    @Test func theMachinesOwnCompilerIsForItsPlatform() throws {
        let result = try GoModule(CgoBuildTests.files).check(["-p", CgoBuildTests.other, "--cgo", "native"])
        #expect(result.status == 2 && result.errors.contains("use --cgo zig for it"), "\(result.errors)")
    }

    @Test func filesAreBuiltByTheirNames() throws {
        let module = try GoModule([
            "a.go": "package main\n\n// #include <stdlib.h>\nimport \"C\"\n\nfunc main() { println(C.abs(-42)) }\n"
        ])
        let result = try module.check(["a.go", "-p", CgoBuildTests.own, "--cgo", "native", "--reproduce", "-q"])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(try Execution(module.path("dist/\(CgoBuildTests.own)/a"), []).errors == "42\n")
    }

    /// With the tag netcgo the C library looks up names: musl reads /etc/hosts itself, and needs no libraries.
    @Test func theCLibraryLooksUpNames() throws {
        let text = """
            package main

            import "net"

            func main() {
                addresses, err := net.LookupHost("localhost")
                println(len(addresses) > 0, err == nil)
            }
            """
        let module = try GoModule(["main.go": text])
        let result = try module.check(
            ["-p", CgoBuildTests.own, "--cgo", "native", "--tags", "netcgo", "--notes"])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.output.contains("[cgo]") && !result.output.contains("[name-service]"), "\(result.output)")
        #expect(try Execution(module.path("dist/\(CgoBuildTests.own)/m"), []).errors == "true true\n")
    }

    /// A written Dockerfile compiles without C.
    @Test func noDockerfileIsWrittenThatWouldLeaveOutTheC() throws {
        let module = try GoModule(CgoBuildTests.files)
        let result = try module.run(["dockerfile", ".", "--cgo", "native"])
        #expect(result.status == 2 && result.errors.contains("without C"), "\(result.errors)")
        #expect(!module.holds("Dockerfile"))
    }

    // MARK: The configuration

    @Test func theConfigurationAsksForItAndTheCommandLineWins() throws {
        var files = CgoBuildTests.files
        files["scratchcheck.yaml"] = "version: 1\nbuilds:\n  - cgo: native\n    platforms: [\(CgoBuildTests.own)]\n"
        let module = try GoModule(files)
        let asked = try module.check(["--dry-run"])
        #expect(asked.output.contains("CGO_ENABLED=1") && asked.output.contains("-extldflags=-static"))
        let refused = try module.check(["--cgo", "off", "--dry-run"])
        #expect(refused.output.contains("CGO_ENABLED=0") && !refused.output.contains("-extldflags=-static"))
    }

    @Test(arguments: [("cgo: tcc", "'tcc'"), ("cgo: [zig]", "cgo"), ("cgo: zgi", "zig")])
    func anUnknownCompilerIsRefused(line: String, words: String) throws {
        let module = try GoModule(["main.go": GoModule.hello, "scratchcheck.yaml": "builds:\n  - \(line)\n"])
        let result = try module.check(["--dry-run"])
        #expect(result.status != 0 && result.errors.contains(words), "\(result.errors)")
    }

    @Test func flagsOfGoAreMergedAndNotLost() throws {
        let module = try GoModule(CgoBuildTests.files)
        let arguments = ["-p", CgoBuildTests.own, "--cgo", "native", "--dry-run"]
        let result = try module.check(arguments, environment: ["GOFLAGS": "-ldflags=-w", "CGO_CFLAGS": "-O1"])
        #expect(result.output.contains("'-ldflags=-w -linkmode=external -extldflags=-static'"), "\(result.output)")
        #expect(result.errors.contains("CGO_CFLAGS=-O1 from the environment is in force"), "\(result.errors)")
        let refused = try module.check(arguments + ["--", "-ldflags=-s"])
        #expect(refused.status == 2 && refused.errors.contains("pass the flags of the linker with --ldflags"))
    }
}
