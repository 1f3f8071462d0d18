import Foundation
import TestSupport
import Testing

/// The pre-commit hooks, run by pre-commit in a scratch repository, on a machine where scratchcheck is not installed.
@Suite struct PreCommitTests {
    /// The repository that has the hooks, and a release in the folder that its address means.
    private func hooks() throws -> Release {
        let version = try Execution(Checkout.root.appending(path: "Scripts/identity").path, ["version"]).output
        let release = try Release(version: String(version.dropLast()))
        let script = """
            set -euo pipefail
            cd "$1"
            mkdir Scripts Sources Sources/Verification
            cp "$2"/Scripts/{identity,fetch-release,pre-commit-hook} Scripts
            cp "$2/.pre-commit-hooks.yaml" .
            cp "$2/Sources/Verification/Identity.swift" Sources/Verification
            git init -q && git add .pre-commit-hooks.yaml Scripts Sources
            git -c user.name=a -c user.email=a@example.com -c commit.gpgsign=false commit -qm first && git tag v1
            """
        try Execution("bash", ["-c", script, "sh", release.url.path, Checkout.root.path]).check()
        return release
    }

    private func preCommit(_ hook: String, in module: GoModule, of release: Release) throws -> Execution {
        let configuration = """
            repos:
              - repo: \(release.address)
                rev: v1
                hooks: [{id: scratchcheck}, {id: scratchcheck-dockerfile}]
            """
        try module.folder.write(configuration, to: ".pre-commit-config.yaml")
        try module.commit()
        return try Client.run(
            "pre-commit", ["run", "--all-files", "--verbose", "--hook-stage", "pre-push", hook], in: module.folder.url,
            environment: ["PRE_COMMIT_HOME": module.path(".git/cache")])
    }

    @Test(arguments: [("COPY app /app", 0), ("COPY dist/${TARGETPLATFORM}/app /app", 1)])
    func theDockerfileHookInstallsItselfAndLints(copy: String, code: Int32) throws {
        let text = "FROM scratch\n\(copy)\nUSER 65532\nENTRYPOINT [\"/app\"]\n"
        let module = try GoModule(["main.go": GoModule.hello, "Dockerfile": text])
        let result = try preCommit("scratchcheck-dockerfile", in: module, of: hooks())
        #expect(result.status == code, "\(result.output)\(result.errors)")
        #expect(result.output.contains("Dockerfile"))
        if code != 0 { #expect(result.output.contains("dockerfile-undeclared-argument")) }
    }

    @Test func theCheckInstallsItselfAndBuilds() throws {
        let result = try preCommit("scratchcheck", in: GoModule(), of: hooks())
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.output.contains("linux/arm64"))
    }

    @Test func aChangedReleaseIsNotRun() throws {
        let release = try hooks()
        try Data("0000  nothing\n".utf8).write(to: release.files.appending(path: "SHA256SUMS"))
        let module = try GoModule(["main.go": GoModule.hello, "Dockerfile": "FROM scratch\n"])
        let result = try preCommit("scratchcheck-dockerfile", in: module, of: release)
        #expect(result.status == 1)
        #expect(result.output.contains("SHA256SUMS does not list"), "\(result.output)")
    }
}
