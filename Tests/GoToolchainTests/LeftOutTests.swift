import Foundation
import GoBinary
import SystemPackage
import TestSupport
import Testing

@testable import GoToolchain

/// What go's documentation says of patterns, files and constraints, and what a build without cgo loses.
@Suite struct LeftOutTests {
    /// `go help packages`: "x/... also matches x"; "net/... matches net and packages in its subdirectories".
    @Test(
        arguments: [
            ("./...", "/src", true), ("./...", "/src/a/b", true), ("./...", "/srcs", false), ("./...", "/", false),
            ("./a/...", "/src/a", true), ("./a/...", "/src/ab", false), ("./a...", "/src/ab/c", true),
            ("./.../x", "/src/a/b/x", true), ("./.../x", "/src/a/xy", false), ("../o/...", "/o/p", true),
            ("/src/a...z", "/src/abcz", true), ("/src/a...b...z", "/src/a1z2b3z", true),
            ("/src/a...b...z", "/src/a1z", false), ("m/...", "m/x", true), ("m/...", "m", true), ("m/...", "mm", false),
            ("all", "m/x", true), ("net...", "net/http", true), ("net...", "network", true),
        ])
    func wildcardsMatchAsGoSays(pattern: String, name: String, isMatched: Bool) {
        #expect(PackagePattern(pattern, in: "/src")?.matches(name) == isMatched)
    }

    @Test(arguments: [
        ("./...", "/src"), ("./a/...", "/src/a"), ("./a...", "/src"), ("./a/b.../c", "/src/a"), ("/...", "/"),
        ("m/...", nil),
    ])
    func aPathPatternIsSearchedFromItsFolder(pattern: String, root: String?) {
        #expect(PackagePattern(pattern, in: "/src")?.root == root.map { FilePath($0) })
    }

    @Test(arguments: [".", "./a", "m/x", "main.go"]) func othersHaveNoWildcard(pattern: String) {
        #expect(PackagePattern(pattern, in: "/src") == nil)
    }

    /// As `go mod edit -json` of go1.27 prints it; the rules are in https://go.dev/ref/mod#go-mod-file-ignore.
    @Test(arguments: [
        (["tools"], true), (["tools", "x"], true), (["a", "tools"], false), (["node"], true),
        (["a", "node", "b"], true),
        (["nodes"], false), ([], false), (["x", "y", "z"], true), (["y", "x"], false),
    ])
    func foldersThatAModuleIgnoresAreCovered(parts: [String], isCovered: Bool) throws {
        let text = """
            {"Module": {"Path": "m"}, "Go": "1.25", "Ignore": [{"Path": "./tools"}, {"Path": "node"}, {"Path": "x/y"}]}
            """
        let ignored: IgnoredFolders = try GoOutput.decode(text, of: ["mod"], in: "/")
        #expect(ignored.covers(parts) == isCovered)
    }

    @Test func foldersAreSearchedAsGoSearchesThem() throws {
        let folder = try TemporaryFolder()
        let program = "//go:build windows\n\npackage main\n"
        for name in [
            "a.go", "cmd/x/a.go", "known/a.go", "vendor/v/a.go", "testdata/a.go", "_o/a.go", ".h/a.go", "n/deep/a.go",
        ] { try folder.write(program, to: name) }
        try folder.write("module n\n", to: "n/go.mod")
        try folder.write("package lib\n", to: "cmd/lib/a.go")
        try folder.write(program, to: "cmd/lib/b.go")
        try folder.write("package documentation\n", to: "cmd/x/doc.go")
        try folder.write(program, to: "cmd/tests/a_test.go")
        let root = FilePath(folder.url.path)
        let found = ProgramFolders(known: [root.appending("known").string]).below(root)
        #expect(found == [root, root.appending("cmd").appending("x")])
        #expect(ProgramFolders(known: []).below(root.appending("absent")).isEmpty)
    }

    private func losses(_ text: String) throws -> CgoLosses {
        CgoLosses(try GoOutput.decodeStream(text, of: ["list"], in: "/"))
    }

    private func program(_ path: String) -> Program {
        Program(package: GoPackage(importPath: path, name: "main", directory: "/src"), name: "x")
    }

    @Test func aProgramLosesTheFilesOfItsOwnPackages() throws {
        let losses = try losses(
            """
            {
            "ImportPath": "runtime/cgo", "Standard": true, "CgoFiles": ["cgo.go"]
            }
            {
            "ImportPath": "x.org/db", "CgoFiles": ["b.go", "a.go"], "Imports": ["C", "runtime/cgo"]
            }
            {
            "ImportPath": "m/a", "Imports": ["m/lib"]
            }
            {
            "ImportPath": "m/lib", "Imports": ["x.org/db", "m/a"]
            }
            {
            "ImportPath": "m/b", "Imports": ["fmt"]
            }

            """)
        let expected = [LostCgoFiles(package: "x.org/db", files: ["a.go", "b.go"])]
        #expect(losses.of(program("m/a")) == expected)
        #expect(losses.of(program("m/b")).isEmpty)
        #expect(losses.mayDiffer)
    }

    @Test(arguments: [
        ("\"IgnoredGoFiles\": [\"a_windows.go\"]", true), ("\"IgnoredGoFiles\": [\"a_test.go\"]", false),
        ("\"Standard\": true, \"IgnoredGoFiles\": [\"a.go\"]", false), ("\"Imports\": [\"fmt\"]", false),
    ])
    func onePlatformAnswersForAllIfNoFileIsExcluded(facts: String, mayDiffer: Bool) throws {
        #expect(try losses("{\n\"ImportPath\": \"m\", \(facts)\n}\n").mayDiffer == mayDiffer)
    }

    private func package(_ name: String, _ folder: String) throws -> GoPackage {
        let text =
            "{\n\"ImportPath\": \"m/\(name)\", \"Name\": \"main\", \"Dir\": \"\(folder)\", \"GoFiles\": [\"\(name).go\"]\n}\n"
        let packages: [GoPackage] = try GoOutput.decodeStream(text, of: ["list"], in: "/")
        return try #require(packages.first)
    }

    @Test func aPlanHasNoProgramWhereItIsLeftOut() throws {
        let platforms = ["amd64", "arm64"].map { Platform(goos: "linux", goarch: $0) }
        let mains = try [package("a", "/a"), package("b", "/b")]
        let leftOut = LeftOutMain(package: mains[1], platform: platforms[0], needsCgo: false, files: ["b.go"])
        let toolchain = Toolchain(
            executable: "/go", version: "go1.27", environment: try BuildEnvironment(inherited: [:], settings: [:]))
        let flags = BuildFlags(tags: nil, ldflags: nil, trimpath: true, mod: nil, buildvcs: nil, passedOn: [])
        let plan = try BuildPlan([
            .init(
                packages: [PackageGroup(directory: "/", mains: mains, leftOut: [leftOut])], platforms: platforms,
                flags: flags, toolchain: toolchain)
        ])
        #expect(plan.targets.map(\.place) == ["linux/amd64/a", "linux/arm64/a", "linux/arm64/b"])
    }
}
