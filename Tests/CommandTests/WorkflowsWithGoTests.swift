import Configuration
import Foundation
import GoBinary
import GoToolchain
import Reporting
import SystemPackage
import TestSupport
import Testing
import Verification
import Workflows

/// Workflows that ask the go command, as a library: nothing starts the built program here.
@Suite(.serialized) struct WorkflowsWithGoTests {
    private struct Silent: Listener {
        func note(_ line: String) {}
        func detail(_ line: String) {}
        func files(_ progress: FileProgress) {}
        func activity(_ activity: Activity) {}
        func matrix(_ event: MatrixEvent) async {}
        func checked(_ report: Report) {}
    }

    private func context(_ module: GoModule) -> Context {
        Context(
            environment: ProcessInfo.processInfo.environment, folder: FilePath(module.folder.url.path),
            now: { 1_800_000_000 }, machine: { HostMachine(processors: 2, read: { _ in nil }) }, listener: Silent())
    }

    private func matrix(_ module: GoModule, _ packages: [String], _ platforms: [String]) throws -> MatrixRequest {
        let words = try platforms.map { try BuildSettings.PlatformWord(parsing: $0) }
        return MatrixRequest(builds: [
            BuildRequest(packages: packages, directory: FilePath(module.folder.url.path), platforms: words)
        ])
    }

    @Test func theMatrixHasAJobForEachPlatform() async throws {
        let module = try GoModule(["cmd/a/main.go": GoModule.hello, "cmd/b/main.go": GoModule.hello])
        let request = MatrixPlanRequest(matrix: try matrix(module, ["./..."], ["linux/amd64", "linux/386"]))
        let text = try await MatrixWorkflow.run(request, in: context(module)).text(for: .github, arguments: ["./..."])
        #expect(text.contains("\"1/2\"") && text.contains("\"2/2\"") && !text.contains("\"3/2\""))
        #expect(!module.holds("dist"))
    }

    @Test func initFindsTheProgramsAndKeepsAnExistingFile() async throws {
        let module = try GoModule(["cmd/a/main.go": GoModule.hello, "lib/lib.go": "package lib\n"])
        let (text, file) = try await InitWorkflow.run(InitRequest(), in: context(module))
        #expect(file?.lastComponent?.string == "scratchcheck.yaml" && module.holds("scratchcheck.yaml"))
        #expect(try Configuration(text, file: "f").builds.flatMap(\.packages) == ["./cmd/a"])
        let (again, surroundings) = (InitRequest(), context(module))
        await #expect(throws: SetupError.self) { try await InitWorkflow.run(again, in: surroundings) }
    }

    @Test func aDockerfileIsWrittenAndPassesTheLint() async throws {
        let module = try GoModule()
        let request = DockerfileRequest(matrix: try matrix(module, ["."], ["linux/amd64"]))
        let result = try await DockerfileWorkflow.run(request, in: context(module))
        #expect(result.written.compactMap(\.lastComponent?.string) == ["Dockerfile", ".dockerignore"])
        let lint = DockerfileLintRequest(files: ["Dockerfile"])
        let report = try DockerfileLintWorkflow.run(lint, in: context(module))
        #expect(report.exitCode == 0 && report.entries.count == 1)
        let surroundings = context(module)
        await #expect(throws: DockerfileFailure.self) { try await DockerfileWorkflow.run(request, in: surroundings) }
    }

    @Test func checkStampsWhatItBuilds() async throws {
        let module = try GoModule()
        let folder = FilePath(module.folder.url.path)
        var request = CheckRequest(
            matrix: try matrix(module, ["."], ["linux/amd64"]),
            output: .init("dist", from: folder, workingFolder: folder))
        request.stamps = StampSettings()
        let report = try await CheckWorkflow.run(request, in: context(module))
        #expect(report.entries.map(\.verdict) == [.ready] && report.problems.isEmpty)
        #expect(module.holds("dist/linux/amd64/m") && module.holds("dist/linux/amd64/m.intoto.json"))
        let commands = try await CheckWorkflow.commands(request, in: context(module))
        #expect(commands.count == 1 && commands[0].contains("go build"))
    }
}
