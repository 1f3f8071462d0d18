import Foundation
import TestSupport
import Testing

/// The health check of a Dockerfile that is written.
@Suite struct DockerfileHealthTests {
    /// The source is a here-document, and the program that asks is built, verified and copied like the other.
    @Test func aHealthCheckIsCompiledBesideTheProgram() throws {
        let module = try GoModule()
        let image = "registry.example.com/staticcheck@sha256:" + String(repeating: "0", count: 64)
        let times = ["--healthcheck-timeout", "5s", "--healthcheck-interval", "1.5s", "--healthcheck-retries", "2"]
        let question = ["--healthcheck", "http://127.0.0.1:8080/healthz"]
        let result = try module.run(["dockerfile"] + question + times.prefix(2) + ["--tool-image", image])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try Client.run("hadolint", ["Dockerfile"], in: module.folder.url).status == 0)
        #expect(try module.run(["dockerfile", "--lint", "--fail-on", "note"]).status == 0)
        let text = try String(contentsOf: module.folder.url.appending(path: "Dockerfile"), encoding: .utf8)
        #expect(text.contains("--stamp /out/m /out/healthcheck \\\n"))
        #expect(text.contains("\nCOPY --from=build /image/healthcheck /healthcheck\n"))
        let source = try #require(text.components(separatedBy: "COPY <<'END' /healthcheck.go\n").last)
        try module.folder.write(
            try #require(source.components(separatedBy: "\nEND\n\nRUN ").first), to: "check/main.go")
        let built = try Execution(
            "go", ["build", "-o", "/dev/null", "check/main.go"], in: module.folder.url,
            environment: ["CGO_ENABLED": "0"])
        #expect(built.status == 0, "\(built.errors)")
        let printed = try module.run(["dockerfile", "--stdout"] + question + times).output
        let command = #"CMD ["/healthcheck", "http://127.0.0.1:8080/healthz", "5000ms"]"#
        #expect(printed.contains("\nHEALTHCHECK --interval=1500ms --timeout=5s --retries=2 \(command)\n"))
        let own = try module.run(["dockerfile", "--stdout", "--healthcheck", "exec:/m,--healthy"]).output
        #expect(own.contains(#"HEALTHCHECK CMD ["/m", "--healthy"]"#) && !own.contains("healthcheck.go"))
    }
}
