import Foundation
import TestSupport
import Testing

/// The pipelines of `matrix` name the files where the jobs leave them, and run what was typed.
@Suite(.serialized) struct MatrixPlaceTests {
    private let module: GoModule

    init() throws {
        module = try GoModule([
            "sub dir/go.mod": "module example.com/sub\n\ngo 1.18\n", "sub dir/main.go": GoModule.hello,
        ])
        try module.folder.write("version: 1\noutput: build/out\n", to: "sub dir/scratchcheck.yaml")
    }

    private struct Job: Decodable {
        let script: [String]
        let artifacts: Artifacts

        struct Artifacts: Decodable {
            let paths: [String]
        }
    }

    /// Runs all jobs of a GitLab pipeline by a shell in one folder.
    @Test func theJobsLeaveTheirArtifactsWhereThePipelineNamesThem() throws {
        let text = try module.run(
            ["matrix", "-C", "sub dir", "--for", "gitlab", "--shards", "1", "-p", "linux/amd64"]
        ).output
        let jobs = try JSONDecoder().decode([String: Job].self, from: Data(text.utf8))
        let program = "staticcheck() { '\(Checkout.program)' \"$@\"; }\n"
        for name in ["build 1 of 1", "join the reports"] {
            let job = try #require(jobs[name])
            let result = try Execution(
                "bash", ["-ec", program + job.script.joined(separator: "\n")], in: module.folder.url)
            #expect(result.status == 0, "\(result.errors)")
            for path in job.artifacts.paths { #expect(module.holds(path), "\(path)") }
        }
        #expect(module.holds("sub dir/build/out/linux/amd64/sub"))
    }

    /// Buildkite's agent replaces variables when it uploads a pipeline; `$$` and `\$` are a dollar sign, `\\` stays.
    ///
    /// Source: https://github.com/buildkite/interpolate/blob/main/parser.go
    @Test(arguments: [#"-X main.v=$HOME"#, #"-X 'main.v=a \$b'"#, #"\\$x $(id) $$ it's \\\$"#])
    func theAgentOfBuildkiteLeavesTheWordsAsTheyAre(words: String) throws {
        let text = try module.run(
            ["matrix", "-C", "sub dir", "--for", "buildkite", "--shards", "1", "-p", "linux/amd64", "--ldflags", words]
        ).output
        let agent = #"""
            import json, re, sys
            def plain(match):
                if match[0] in (r'\$', '$$'): return '$'
                if match[0] in (r'\\', '$('): return match[0]
                sys.exit('replaced: ' + match[0])
            print(
                re.sub(r'\\\\|\\\$|\$\$|\$\(|\$.', plain, json.loads(sys.argv[1])['steps'][0]['command'][0]))
            """#
        let uploaded = try Execution("python3", ["-c", agent, text])
        #expect(uploaded.status == 0, "\(uploaded.errors)")
        let shell = "staticcheck() { printf '%s\\n' \"$@\"; }\n" + uploaded.output
        let arguments = try Execution("bash", ["-c", shell]).output.split(separator: "\n").map(String.init)
        #expect(arguments.last == words)
    }
}
