import Files
import Foundation
import GoBinary
import SystemPackage
import TestSupport
import Testing

@testable import GoToolchain

@Suite struct SourceCopyTests {
    private let folder: TemporaryFolder
    private var root: FilePath { FilePath(folder.url.path) }

    init() throws { folder = try TemporaryFolder() }

    private func copy(around path: String, excluding: [String] = []) throws -> SourceCopy {
        try SourceCopy(
            around: root.pushing(FilePath(path)), at: root.appending("copy"),
            excluding: Set(excluding.map { root.pushing(FilePath($0)) }))
    }

    @Test(arguments: [
        ([".git/HEAD", "m/go.mod", "m/cmd/main.go"], "m/cmd", ""),
        (["go.work", "m/go.mod", "m/cmd/main.go"], "m/cmd", ""),
        (["m/go.mod", "m/cmd/main.go"], "m/cmd", "m"), (["cmd/main.go"], "cmd", "cmd"),
    ])
    func theWholeRepositoryWorkspaceOrModuleIsCopied(files: [String], start: String, original: String) throws {
        for file in files { try folder.write("x", to: "src/\(file)") }
        let copy = try copy(around: "src/\(start)")
        #expect(copy.original == root.appending("src").pushing(FilePath(original)))
        #expect(copy.place(of: root.pushing(FilePath("src/\(start)"))).isFolder)
    }

    @Test func filesLinksAndModesAreCopiedAndOutputIsLeftOut() throws {
        try folder.write("module m\n", to: "src/go.mod")
        let script = try folder.write("#!/bin/sh\n", to: "src/gen.sh")
        #expect(chmod(script.path, 0o755) == 0)
        try folder.write("x", to: "src/dist/linux/amd64/app")
        try FileManager.default.createSymbolicLink(
            atPath: root.pushing("src/link").string, withDestinationPath: "go.mod")
        let copy = try copy(around: "src", excluding: ["src/dist"]).copy
        #expect(try Folder.names(in: copy).map(\.string) == ["gen.sh", "go.mod", "link"])
        #expect(copy.appending("gen.sh").isProgram)
        #expect(FileIdentity(of: copy.appending("link"))?.mode.type == .symbolicLink)
    }

    @Test func pathsOutsideOfTheSourcesStay() throws {
        try folder.write("module m\n", to: "src/go.mod")
        let copy = try copy(around: "src")
        #expect(copy.place(of: root.pushing("src/cmd/../lib")) == root.pushing("copy/lib"))
        #expect(copy.place(of: root.pushing("srcs/lib")) == root.pushing("srcs/lib"))
        #expect(copy.place(of: "/usr/lib/go") == "/usr/lib/go")
    }

    @Test func aStepMovesWithItsPackagesWorkspaceAndCache() throws {
        try folder.write("go 1.22\n", to: "src/go.work")
        try folder.write("module m\n", to: "src/m/go.mod")
        let work = root.pushing("src/go.work").string
        let toolchain = Toolchain(
            executable: "/go", version: "go1.27.3",
            environment: try BuildEnvironment(inherited: ["GOWORK": work], settings: [:]))
        let package = GoPackage(importPath: "m", name: "main", directory: root.pushing("src/m").string)
        let step = BuildStep(
            platform: Platform(goos: "linux", goarch: "amd64"), directory: root.pushing("src/m"),
            programs: [Program(package: package, name: "m")],
            flags: BuildFlags(tags: nil, ldflags: nil, trimpath: true, mod: nil, buildvcs: nil, passedOn: []),
            toolchain: toolchain, wantedGo: nil)
        let moved = try copy(around: "src/m").moved(step, cache: "/cache")
        #expect(moved.directory == root.pushing("copy/m"))
        #expect(moved.programs[0].package.directory == root.pushing("copy/m").string)
        #expect(moved.programs[0].name == "m" && moved.platform == step.platform)
        #expect(moved.toolchain.environment.variables["GOWORK"] == root.pushing("copy/go.work").string)
        #expect(moved.toolchain.environment.variables["GOCACHE"] == "/cache")
    }
}

@Suite struct ModuleFolderTests {
    private let folder: TemporaryFolder
    private var root: FilePath { FilePath(folder.url.path) }

    init() throws {
        folder = try TemporaryFolder()
        for name in ["go.mod", "cmd/main.go", "tools/go.mod", "tools/gen/main.go"] { try folder.write("", to: name) }
    }

    private func split(_ patterns: [String], goWork: String? = nil) -> [String] {
        ModuleFolders.split(patterns, directory: root, goWork: goWork)
            .map {
                "\($0.folder == root ? "." : $0.folder.lastComponent?.string ?? ""): \($0.patterns.joined(separator: " "))"
            }
    }

    /// A pattern of another module is asked for from that module.
    @Test(arguments: [
        (["./cmd"], [".: ./cmd"]), (["./..."], [".: ./..."]), (["./tools/gen"], ["gen: ."]),
        (["./tools/..."], ["tools: ./..."]), (["./cmd", "./tools/gen", "."], [".: ./cmd .", "gen: ."]),
        (["example.com/m/cmd"], [".: example.com/m/cmd"]), (["./absent"], [".: ./absent"]), (["..."], [".: ..."]),
    ])
    func eachPatternBelongsToItsModule(patterns: [String], groups: [String]) { #expect(split(patterns) == groups) }

    @Test func aWorkspaceKnowsAllItsModules() throws {
        try folder.write("", to: "go.work")
        #expect(split(["./cmd", "./tools/gen"]) == [".: ./cmd ./tools/gen"])
        #expect(split(["./tools/gen"], goWork: "off") == ["gen: ."])
    }

    @Test func modulesBelowAFolderAreFoundLevelByLevel() throws {
        for name in ["svc/b/go.mod", "svc/a/go.mod", "svc/a/inner/go.mod", "vendor/x/go.mod", ".git/go.mod"] {
            try folder.write("", to: name)
        }
        #expect(ModuleFolders.below(root) == ["tools", "svc/a", "svc/b"])
    }

    /// go refuses a pattern for a folder that is in none of the modules, although some are below it.
    @Test func aFolderAroundModulesStandsForThem() throws {
        for name in ["one", "two"] { try folder.write("", to: "x/\(name)/go.mod") }
        try FileManager.default.removeItem(atPath: root.appending("go.mod").string)
        try folder.write("go 1.21\n\nuse (\n\t./x/one\n\t./x/two\n\t./tools\n)\n", to: "go.work")
        #expect(split(["./..."]) == [".: ./x/one/... ./x/two/... ./tools/..."])
        #expect(split(["./x/...", "./tools/gen"]) == [".: ./x/one/... ./x/two/... ./tools/gen"])
        #expect(split(["./x", "./nothing/..."]) == [".: ./x ./nothing/..."])
    }
}

@Suite struct OutputNameTests {
    @Test(arguments: [
        (["x.org/app"], ["app"]), (["x.org/app/v2"], ["app"]), (["x.org/a/cmd", "x.org/b/cmd"], ["a-cmd", "b-cmd"]),
        (["x.org/a/cmd", "y.org/a/cmd"], ["x.org-a-cmd", "y.org-a-cmd"]),
        (["x.org/a/cmd", "x.org/tool"], ["cmd", "tool"]),
        (["cmd", "x.org/cmd"], ["cmd", "x.org-cmd"]),
    ])
    func namesAreDistinctAndShort(paths: [String], expected: [String]) {
        let packages = paths.map { GoPackage(importPath: $0, name: "main", directory: "") }
        let names = OutputNames(packages)
        #expect(packages.map { names[$0] } == expected)
    }

    @Test(arguments: [("windows/amd64", "app.exe"), ("linux/amd64", "app"), ("darwin/arm64", "app")])
    func windowsHasASuffix(platform: String, name: String) throws {
        let program = Program(package: GoPackage(importPath: "x/app", name: "main", directory: ""), name: "app")
        #expect(try program.fileName(on: Platform(parsing: platform)) == name)
    }
}

@Suite struct GitRepositoryTests {
    private let folder: TemporaryFolder
    private var root: FilePath { FilePath(folder.url.path) }
    private let environment = [
        "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1",
    ]

    init() throws { folder = try TemporaryFolder() }

    private func git(_ arguments: String...) throws -> String {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
        let result = try Execution(
            "git", identity + arguments, in: folder.url,
            environment: ["GIT_COMMITTER_DATE": "2026-01-02T05:04:05+0200", "GIT_CONFIG_GLOBAL": "/dev/null"])
        try result.check()
        return result.output.trimmingCharacters(in: .newlines)
    }

    private func commit() throws {
        _ = try git("init", "-q")
        try folder.write("one", to: "file")
        _ = try git("add", "-A")
        _ = try git("commit", "-qm", "first")
    }

    private func facts(date: String? = nil) async throws -> GitFacts {
        try await GitFacts.of(root, environment: environment, date: date)
    }

    @Test func factsAreThoseOfTheCommit() async throws {
        try commit()
        let hash = try git("rev-parse", "HEAD")
        let facts = try await facts()
        #expect(facts.commit == hash && hash.count == 40)
        #expect(facts.version == String(hash.prefix(facts.version.count)))
        // The committer's time in UTC.
        #expect(facts.date == "2026-01-02T03:04:05Z")
    }

    @Test func aTagIsTheVersionAndAChangeMakesItDirty() async throws {
        try commit()
        _ = try git("tag", "v1.2.3")
        #expect(try await facts().version == "v1.2.3")
        try folder.write("two", to: "file")
        #expect(try await facts().version == "v1.2.3-dirty")
    }

    @Test func aGivenDateWins() async throws {
        try commit()
        #expect(try await facts(date: "1970-01-01T00:00:00Z").date == "1970-01-01T00:00:00Z")
    }

    @Test func outsideOfARepositoryGitIsQuoted() async throws {
        do {
            _ = try await facts()
            Issue.record("a folder without a repository has facts")
        } catch let error as BuildError {
            guard case .noGitFacts(let directory, let said) = error else { throw error }
            #expect(directory == root && said.contains("not a git repository"))
        }
    }

    @Test func aMissingGitIsNamed() async {
        await #expect(throws: BuildError.gitNotFound) {
            try await GitFacts.of(root, environment: ["PATH": "/absent"], date: nil)
        }
    }

    @Test func theSourceIsTheRemoteOrigin() async throws {
        try commit()
        #expect(await GitFacts.source(of: root, environment: environment) == nil)
        _ = try git("remote", "add", "origin", "git@example.com:team/app.git")
        #expect(await GitFacts.source(of: root, environment: environment) == "https://example.com/team/app")
    }
}
