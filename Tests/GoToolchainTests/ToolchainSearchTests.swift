import Files
import Foundation
import GoBinary
import SystemPackage
import TestSupport
import Testing

@testable import GoToolchain

/// A go command that is a shell script shows what is asked of go, and needs no Go.
@Suite struct ToolchainSearchTests {
    private let folder: TemporaryFolder
    private var root: FilePath { FilePath(folder.url.path) }

    init() throws { folder = try TemporaryFolder() }

    @discardableResult
    private func install(_ name: String, _ script: String) throws -> FilePath {
        let path = FilePath(try folder.write("", to: name).path)
        try AtomicFile.write("#!/bin/sh\n\(script)\n".utf8, to: path, permissions: 0o755)
        return path
    }

    private func find(
        _ path: FilePath? = nil, version: String? = nil, environment: [String: String] = [:]
    ) async throws -> Toolchain {
        let search = ["PATH": "\(root)/bin:/usr/bin:/bin"].merging(environment) { $1 }
        return try await Toolchain.find(
            path: path, version: version.flatMap(GoVersion.init(argument:)), inherited: search, directory: root)
    }

    @Test func theGoOnThePathIsAskedForVersionAndSettings() async throws {
        let go = try install("bin/go", "echo go1.27.3; echo \(root)/env")
        try folder.write("GOPROXY=off\nGOFLAGS=-mod=mod\n", to: "env")
        let toolchain = try await find()
        #expect(toolchain.executable == go && toolchain.version == "go1.27.3")
        #expect(toolchain.environment.variables["GOPROXY"] == "off")
        #expect(toolchain.environment.variables["GOFLAGS"] == "-mod=mod")
    }

    @Test func aGivenPathWins() async throws {
        try install("bin/go", "echo go1.27.3; echo")
        let other = try install("other/go", "echo go1.26.1; echo")
        #expect(try await find(other).version == "go1.26.1")
        let absent = root.appending("absent")
        await #expect(throws: BuildError.goNotExecutable(absent)) { try await find(absent) }
    }

    @Test func aMissingGoSaysHowToInstallIt() async throws {
        await #expect(throws: BuildError.goNotFound) {
            try await Toolchain.find(path: nil, inherited: ["PATH": "\(root)"], directory: root)
        }
        #expect("\(BuildError.goNotFound)".contains("https://go.dev/dl"))
    }

    @Test func anOldGoIsRefused() async throws {
        let go = try install("bin/go", "echo go1.17.13; echo")
        await #expect(throws: BuildError.goTooOld(go, version: "go1.17.13")) { try await find() }
        try install("bin/go", "true")
        await #expect(throws: BuildError.goTooOld(go, version: nil)) { try await find() }
    }

    @Test func aGoThatFailsIsQuoted() async throws {
        try install("bin/go", "echo 'go: bad GOFLAGS' >&2; exit 2")
        await #expect(
            throws: BuildError.goFailed(
                ["env", "-json=false", "GOVERSION", "GOENV"], directory: root, said: "go: bad GOFLAGS")
        ) { try await find() }
    }

    /// https://go.dev/doc/toolchain: go1.21 and later run the version that GOTOOLCHAIN names.
    @Test func aWantedVersionIsHadByGOTOOLCHAIN() async throws {
        try install("bin/go", "echo ${GOTOOLCHAIN:-go1.27.3}; echo")
        let toolchain = try await find(version: "1.26.4")
        #expect(toolchain.version == "go1.26.4")
        #expect(toolchain.environment.variables["GOTOOLCHAIN"] == "go1.26.4")
    }

    @Test func aWantedVersionMayBeAProgramOfThatName() async throws {
        try install("bin/go", "echo go1.20.1; echo")
        let other = try install("bin/go1.19.8", "echo go1.19.8; echo")
        let toolchain = try await find(version: "1.19.8")
        #expect(toolchain.executable == other)
        #expect(toolchain.environment.variables["GOTOOLCHAIN"] == "local")
    }

    @Test func aVersionThatIsNowhereSaysWhatWasTried() async throws {
        let go = try install("bin/go", "echo go1.27.3; echo")
        let wanted = try #require(GoVersion(argument: "1.26.4"))
        let error = BuildError.versionNotFound(
            wanted, attempts: [.isVersion(go, "go1.27.3"), .withGOTOOLCHAIN("go1.27.3"), .notOnPath])
        await #expect(throws: error) { try await find(version: "1.26.4") }
        #expect(
            "\(error)"
                == "go1.26.4 not found: \(go) is go1.27.3; with GOTOOLCHAIN=go1.26.4 it is go1.27.3; no go1.26.4 on PATH; "
                + "install it with: go install golang.org/dl/go1.26.4@latest && go1.26.4 download")
    }

    /// A shell passes over what it cannot execute: POSIX.1, Shell Command Language, 2.9.1.4.
    @Test func aFolderAndAPlainFileNamedGoArePassedOver() async throws {
        try folder.write("", to: "folder/go/x")
        try folder.write("", to: "plain/go")
        let go = try install("bin/go", "echo go1.27.3; echo")
        let found = try await Toolchain.find(
            path: nil, inherited: ["PATH": "\(root)/folder:\(root)/plain:\(root)/bin:/bin"], directory: root)
        #expect(found.executable == go)
    }

    /// What go says of these files: "invalid go version '1.22.0': must match format 1.23", "unknown directive: toolchain" (1.19),
    /// "go.mod requires go >= 1.99 (running go 1.27.3; GOTOOLCHAIN=local)".
    @Test(arguments: [
        ("go.mod", "go 1.22.0", "go1.19.8", "go1.22.0"),
        ("go.mod", "go 1.18\ntoolchain go1.22.1", "go1.20.1", "go1.22.1"),
        ("go.mod", "go 1.99 // soon", "go1.27.3", "go1.99"), ("go.work", "go 1.28.1", "go1.28.0", "go1.28.1"),
    ])
    func aFileThatAsksForANewerGoIsRefusedWithBothVersions(
        name: String, lines: String, version: String, wanted: String
    ) async throws {
        let go = try install("bin/go", "echo \(version); echo")
        try folder.write("module m\n\ngo 1.18\n", to: "go.mod")
        try folder.write("\(name == "go.mod" ? "module m\n" : "")\(lines)\n", to: name)
        let error = BuildError.goTooOldForModule(
            root.appending(name), wanted: try #require(GoVersion(wanted)), go, found: try #require(GoVersion(version)),
            failedDownload: nil)
        await #expect(throws: error) { try await find() }
    }

    @Test(arguments: [
        ("go 1.27", "go1.27rc1"), ("go 1.22\ntoolchain go1.30.0", "go1.22.3"), ("go 1.18", "go1.18"), ("", "go1.18.1"),
        ("go 1.99", "devel go1.28-abc"), ("go 1.22", "go1.19.8"),
    ])
    func aFileThatGoReadsIsLeftToGo(lines: String, version: String) async throws {
        try install("bin/go", "echo '\(version)'; echo")
        try folder.write("module m\n\(lines)\n", to: "go.mod")
        let toolchain = try await find()
        #expect(toolchain.version == version)
        // Before 1.21, go tries to build what may need a newer version.
        #expect((toolchain.versionNotice(in: root) != nil) == (version == "go1.19.8"))
    }

    @Test func aDownloadThatFailedIsQuoted() async throws {
        let go = try install(
            "bin/go",
            "[ \"$GOTOOLCHAIN\" = local ] && { echo go1.27.3; echo; exit; }; echo 'go: not available' >&2; exit 1")
        try folder.write("module m\ngo 1.99\n", to: "go.mod")
        let error = BuildError.goTooOldForModule(
            root.appending("go.mod"), wanted: GoVersion(major: 1, minor: 99), go,
            found: GoVersion(major: 1, minor: 27, patch: 3), failedDownload: "go: not available")
        await #expect(throws: error) { try await find() }
        #expect("\(error)".contains("it could not be downloaded (go: not available)"))
    }

    @Test func aVersionThatIsThereIsTakenAsItIs() async throws {
        try install("bin/go", "echo go1.27.3; echo")
        #expect(try await find(version: "1.27").environment.variables["GOTOOLCHAIN"] == nil)
    }

    @Test func outputThatIsNotJSONIsAnError() async throws {
        try install("bin/go", "[ $1 = env ] && { echo go1.27.3; echo; exit; }; echo surprise")
        let arguments = ["mod", "edit", "-json"]
        let toolchain = try await find()
        await #expect(throws: BuildError.unexpectedOutput(arguments, directory: root)) {
            try await toolchain.moduleFile(in: root)
        }
    }

    @Test func aPlatformThatGoDoesNotKnowIsNamedWithTheNearest() async throws {
        let json = """
            [{"GOOS":"linux","GOARCH":"amd64","CgoSupported":true},{"GOOS":"plan9","GOARCH":"386","CgoSupported":false}]
            """
        try install("bin/go", "[ $1 = env ] && { echo go1.27.3; echo; exit; }; echo '\(json)'")
        let toolchain = try await find()
        try await toolchain.check([Platform(goos: "plan9", goarch: "386"), Platform(goos: "linux", goarch: "amd64")])
        do {
            try await toolchain.check([Platform(goos: "plan8", goarch: "386")])
            Issue.record("an unknown platform is accepted")
        } catch {
            #expect("\(error)" == "go1.27.3 does not know the platform plan8/386; did you mean 'plan9/386'?")
        }
    }

    @Test func aBuildThatWritesNothingIsAFailure() async throws {
        try install("bin/go", "[ $1 = env ] && { echo go1.27.3; echo; exit; }; exit 0")
        #expect(
            try await build().message == "go build succeeded but wrote no program for x.org/app")
    }

    @Test func aBuildThatFailsHasGosMessage() async throws {
        try install(
            "bin/go", "[ $1 = env ] && { echo go1.27.3; echo; exit; }; echo x.org/app; echo 'main.go:1: no' >&2; exit 1"
        )
        let result = try await build()
        #expect(result.message == "main.go:1: no\nx.org/app")
        try install("bin/go", "[ $1 = env ] && { echo go1.27.3; echo; exit; }; kill -9 $$")
        #expect(try await build().message == "go build ended with signal 9 and no message")
    }

    @Test func aBuildTellsItsPackagesAndItsFiles() async throws {
        let script =
            "[ $1 = env ] && { echo go1.27.3; echo; exit; }; echo x.org/lib >&2; echo x.org/app >&2; echo app > $3"
        try install("bin/go", script)
        let result = try await build()
        #expect(result.packages == ["x.org/lib", "x.org/app"])
        #expect(result.files.map(\.lastComponent?.string) == ["app"])
    }

    private actor Packages {
        var all: [String] = []
        func append(_ name: String) { all.append(name) }
    }

    private func build() async throws -> (message: String?, files: [FilePath], packages: [String]) {
        let package = GoPackage(importPath: "x.org/app", name: "main", directory: root.string)
        let step = BuildStep(
            platform: Platform(goos: "linux", goarch: "amd64"), directory: root,
            programs: [Program(package: package, name: "app")],
            flags: BuildFlags(tags: nil, ldflags: nil, trimpath: true, mod: nil, buildvcs: nil, passedOn: []),
            toolchain: try await find(), wantedGo: nil)
        let packages = Packages()
        let outcome = try await step.run(
            staging: root.appending("stage"), budget: BuildBudget(steps: 1, cores: 1, memory: 1 << 30)
        ) { await packages.append($0) }
        switch outcome {
        case .failed(let message): return (message, [], await packages.all)
        case .built(let files): return (nil, files.map(\.file), await packages.all)
        }
    }
}
