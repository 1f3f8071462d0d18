import GoBinary
import SystemPackage
import TestSupport
import Testing

@testable import GoToolchain

/// Documents as `go list -json`, `go env` and others print them, written by hand from `go help list` and `go doc`.
@Suite struct GoOutputTests {
    private let list = """
        {
        \t"Dir": "/src/cmd/app",
        \t"ImportPath": "example.com/m/cmd/app",
        \t"Name": "main",
        \t"GoFiles": [
        \t\t"main.go",
        \t\t"more.go"
        \t],
        \t"IgnoredGoFiles": [
        \t\t"main_windows.go"
        \t],
        \t"Imports": [
        \t\t"example.com/m/lib",
        \t\t"fmt"
        \t]
        }
        {
        \t"Dir": "/usr/lib/go/src/fmt",
        \t"ImportPath": "fmt",
        \t"Name": "fmt",
        \t"Standard": true
        }

        """

    private func packages(_ text: String) throws -> [GoPackage] {
        try GoOutput.decodeStream(text, of: ["list"], in: "/src")
    }

    @Test func aListIsReadObjectByObject() throws {
        let found = try packages(list)
        #expect(found.map(\.importPath) == ["example.com/m/cmd/app", "fmt"])
        #expect(found[0].isMain && !found[0].isStandard && found[0].programName == "app")
        #expect(found[0].files == ["main.go", "more.go"] && found[0].ignoredFiles == ["main_windows.go"])
        #expect(found[0].imports == ["example.com/m/lib", "fmt"] && found[0].directory == "/src/cmd/app")
        #expect(found[1].isStandard && !found[1].isMain && found[1].files.isEmpty)
    }

    @Test(arguments: ["", "\n"]) func noOutputIsNoPackages(text: String) throws { #expect(try packages(text).isEmpty) }

    @Test(arguments: ["{\n\t\"ImportPath\": \"a\"\n", "surprise\n", "{\n\t\"Name\": 7\n}\n", "{\n\"Name\" \"x\"\n}\n"])
    func whatGoNeverPrintsIsAnError(text: String) {
        #expect(throws: BuildError.unexpectedOutput(["list"], directory: "/src")) { try packages(text) }
    }

    /// As go1.19 and go1.27 print it for a package of its own, and for one that is imported.
    /// What go 1.19 prints in a repository without a commit.
    @Test func gitsRemarkOnAMissingCommitIsNoReason() {
        let remark = """
            # cd /m; git -c log.showsignature=false show -s --format=%H:%ct
            fatal: your current branch 'master' does not have any commits yet
            """
        let reason = "# m\n./main.go:2:1: undefined: x"
        #expect(BuildStep.withoutGitRemark(remark + "\n" + reason) == reason)
        #expect(BuildStep.withoutGitRemark(reason) == reason)
        // Without another reason it may be one.
        #expect(BuildStep.withoutGitRemark(remark) == remark)
    }

    @Test func foldersWithoutFilesAreFoundInGosMessage() {
        let message = """
            package example.com/m/cmd/a
            \timports example.com/m/x: build constraints exclude all Go files in /src/with space/x
            main.go:3:8: build constraints exclude all Go files in /src/y
            package example.com/m/x: build constraints exclude all Go files in /src/with space/x
            """
        #expect(CgoExplanation.folders(in: message) == ["/src/with space/x", "/src/y"])
        #expect(CgoExplanation.folders(in: "undefined: x").isEmpty)
    }

    /// `go help list`: "type PackageError struct { ImportStack []string; Pos string; Err string }".
    @Test func aBrokenPackageSaysWhyAndWhichFilesAreLeftOut() throws {
        let text = """
            {
            \t"ImportPath": "example.com/m",
            \t"IgnoredGoFiles": [
            \t\t"a.go",
            \t\t"b.go"
            \t],
            \t"Error": {
            \t\t"ImportStack": [],
            \t\t"Pos": "",
            \t\t"Err": "build constraints exclude all Go files in /src"
            \t}
            }

            """
        let platform = Platform(goos: "linux", goarch: "arm64")
        let error = try #require(packages(text)[0].loadingError(for: platform))
        #expect(
            "\(error)" == """
                go cannot load example.com/m: build constraints exclude all Go files in /src
                  left out: a.go and 1 more (import "C" without cgo, or build constraints that exclude linux/arm64)
                """)
    }

    /// The place is at the start of a line, where those of the compiler are.
    @Test func aBrokenFileIsNamedWithItsPlace() throws {
        let text =
            "{\n\"ImportPath\": \"m\", \"Error\": {\"Pos\": \"a.go:1:1\", \"Err\": \"expected 'package'\"}\n}\n"
        let error = try #require(packages(text)[0].loadingError(for: Platform(goos: "linux", goarch: "amd64")))
        #expect("\(error)" == "go cannot load m:\na.go:1:1: expected 'package'")
    }

    @Test func aBrokenLibraryIsNotBuiltAndSoNoError() throws {
        let text = "{\n\"ImportPath\": \"m/lib\", \"Name\": \"lib\", \"Error\": {\"Err\": \"bad\"}\n}\n"
        #expect(try packages(text)[0].loadingError(for: Platform(goos: "linux", goarch: "amd64")) == nil)
    }

    @Test(
        arguments: [
            ("go1.27.3\n/home/u/.config/go/env\n", "go1.27.3", "/home/u/.config/go/env"),
            ("go1.21\noff\n", "go1.21", nil), ("go1.18.10\n\n", "go1.18.10", nil), ("\n", "", nil), ("", "", nil),
            ("devel go1.28-abc Mon\n/e\n", "devel go1.28-abc Mon", "/e"),
        ] as [(String, String, FilePath?)])
    func goEnvIsReadLineByLine(output: String, version: String, file: FilePath?) {
        let settings = GoSettings(parsing: output)
        #expect(settings.version == version && settings.file == file)
    }

    /// cmd/go/internal/cfg, readEnvFile: lines end with a newline alone; what does not begin with a capital letter is ignored.
    @Test func storedSettingsAreLines() {
        let text = "GOPROXY=https://a=b,direct\n# GOOS=plan9\nnonsense\nGOFLAGS=\n=x\ngoos=x\nA=1\r\nB=\u{301}\nA=2"
        #expect(
            BuildEnvironment.settings(fromFile: text)
                == ["GOPROXY": "https://a=b,direct", "GOFLAGS": "", "A": "2", "B": "\u{301}"])
    }

    /// `go help mod edit`: "type GoMod struct { Module ModPath; Go string; Toolchain string; … }".
    @Test func aModuleFileHasItsVersions() throws {
        let text = #"{"Module": {"Path": "m"}, "Go": "1.22", "Toolchain": "go1.22.5", "Require": null}"#
        let file: Toolchain.ModuleFile = try GoOutput.decode(text, of: ["mod"], in: "/")
        #expect(file.go == "1.22" && file.toolchain == "go1.22.5")
        let bare: Toolchain.ModuleFile = try GoOutput.decode(#"{"Module": {"Path": "m"}}"#, of: ["mod"], in: "/")
        #expect(bare.go == nil && bare.toolchain == nil)
    }
}

@Suite struct ImportGraphTests {
    private func package(_ path: String, _ imports: [String] = [], files: [String] = []) -> GoPackage {
        GoPackage(
            importPath: path, name: path == "app" ? "main" : path, directory: "/\(path)", files: files, imports: imports
        )
    }

    @Test func theShortestChainIsFound() {
        let graph = ImportGraph([
            package("app", ["a", "b"]), package("a", ["c"]), package("b", ["d"]), package("c", ["d"]), package("d"),
        ])
        #expect(graph.chain(from: "app", to: "d") == ["app", "b", "d"])
        #expect(graph.chain(from: "app", to: "app") == ["app"])
        #expect(graph.chain(from: "a", to: "b") == nil)
        #expect(graph.chain(from: "app", to: "absent") == nil)
    }

    /// Test packages may import in circles; a search must end all the same.
    @Test func aCircleEnds() {
        let graph = ImportGraph([package("app", ["a"]), package("a", ["b"]), package("b", ["a"])])
        #expect(graph.chain(from: "app", to: "b") == ["app", "a", "b"])
        #expect(graph.chain(from: "app", to: "x") == nil)
    }

    @Test(arguments: [
        ("-buildmode=pie", true), ("-buildmode=c-shared", true), ("--buildmode=plugin", true),
        ("-buildmode=exe", false), ("-buildmode=default", false), ("-linkshared", true), ("-race", true),
        ("-asan", true), ("-ldflags=-linkmode=external", true), ("-ldflags=-s -linkmode external", true),
        ("-ldflags=-I /lib/ld.so", true), ("-ldflags=-s -w", false), ("-trimpath", false), ("-tags=race", false),
    ])
    func flagsThatMakeADynamicProgramAreFound(flag: String, isCause: Bool) {
        let causes = DynamicCause.inFlags(["-v", flag], isFromEnvironment: true)
        #expect(causes == (isCause ? [.flag(flag, isFromEnvironment: true)] : []))
        if isCause { #expect("\(causes[0])" == "the flag \(flag), from GOFLAGS") }
    }

    @Test func aLineThatImportsASymbolIsFoundWithItsImports() {
        let files: [FilePath: String] = [
            "/low/low.go": "package low\n\n//go:cgo_import_dynamic libc_x x \"libc.so.6\"\n",
            "/app/main.go": "package main // go:cgo_import_dynamic is not at the start\n",
            "/unused/u.go": "//go:cgo_import_dynamic y y \"l.so\"\n",
        ]
        let packages = [
            package("app", ["mid"], files: ["main.go"]), package("mid", ["low"], files: ["absent.go"]),
            package("low", files: ["low.go"]), package("unused", files: ["u.go"]),
        ]
        let causes = DynamicCause.inPackages(packages, of: "app") { files[$0] }
        #expect(causes == [.dynamicImport(file: "low/low.go", line: 3, chain: ["app", "mid", "low"])])
        #expect(
            causes.map(\.description) == [
                "low/low.go:3 imports a symbol of a library (//go:cgo_import_dynamic); imported through app → mid → low"
            ])
    }
}

@Suite struct WeightTests {
    private func package(_ path: String, _ dependencies: [String]) -> WeighedPackage {
        WeighedPackage(path: path, folder: nil, files: nil, dependencies: dependencies)
    }

    @Test func aProgramWeighsWhatItAndItsDependenciesHave() {
        let packages = [
            package("fmt", []), package("lib", ["fmt"]), package("a", ["fmt", "lib"]), package("b", []),
            package("tiny", []),
        ]
        let sizes = ["fmt": 100_000, "lib": 20_500, "a": 3_000, "b": 9_999, "tiny": 12]
        let weights = WeighedPackage.weights(of: ["a", "b", "tiny"], among: packages) { sizes[$0.path] ?? 0 }
        #expect(weights == ["a": 123, "b": 9, "tiny": 1])
    }

    @Test func aListedPackageHasItsDependencies() throws {
        let text = "{\n\"ImportPath\": \"a\", \"Dir\": \"/a\", \"GoFiles\": [\"x.go\"], \"Deps\": [\"fmt\"]\n}\n"
        let packages: [WeighedPackage] = try GoOutput.decodeStream(text, of: ["list"], in: "/")
        #expect(packages == [WeighedPackage(path: "a", folder: "/a", files: ["x.go"], dependencies: ["fmt"])])
        #expect(WeighedPackage.fields == ["ImportPath", "Dir", "GoFiles", "Deps"])
    }
}
