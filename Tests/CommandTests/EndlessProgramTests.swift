import Foundation
import TestSupport
import Testing

/// `--prove=run` has one limit of time, whatever the program does with it.
@Suite(.serialized, .enabled(if: Namespaces.arePermitted)) struct EndlessProgramTests {
    private static let programs = [
        ("prints", "for { os.Stdout.WriteString(\"again and again\\n\") }", "; it said: again and again"),
        ("prints one line", "for { os.Stdout.WriteString(\"again \") }", "; it said: again again"),
        ("loops on every processor", "for i := 0; i < 4; i++ { go func() { for {} }() }; for { _ = os.Args }", ""),
        ("closes its output", "os.Stdout.Close(); os.Stderr.Close(); select {}", ""),
    ]

    @Test(arguments: programs) func isStillRunningWhenItsTimeIsUp(name: String, body: String, said: String) throws {
        // `select {}` alone would be a deadlock that the runtime ends.
        let text = body.replacing("select {}", with: "for { time.Sleep(time.Hour) }")
        let source =
            "package main\n\nimport (\n\t\"os\"\n\t\"time\"\n)\n\nfunc main() {\n\t_ = time.Now\n\t\(text)\n}\n"
        let module = try GoModule(["main.go": source])
        try Execution("go", ["build", "-o", "app", "."], in: module.folder.url, environment: ["CGO_ENABLED": "0"])
            .check()
        let clock = ContinuousClock()
        let start = clock.now
        let result = try module.run(["verify", "--format", "json", "--prove=run", "app"])
        #expect(clock.now - start < .seconds(25))
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        let report = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        let binary = try #require((report?["binaries"] as? [[String: Any]])?.first)
        let proof = try #require(binary["proof"] as? [String: String])
        #expect(proof["outcome"] == "still-running")
        let detail = try #require(proof["detail"])
        #expect(detail.hasPrefix("still running after 10 s" + said), "\(detail)")
        #expect(detail.count < 300)
    }

    /// More than a pipe holds, and more than is kept.
    @Test func muchOutputIsNotAReasonToFail() throws {
        let source =
            "package main\n\nimport \"os\"\n\nfunc main() {\n\tfor i := 0; i < 100000; i++ {\n\t\tos.Stdout.WriteString(\"a line of text\\n\")\n\t}\n}\n"
        let module = try GoModule(["main.go": source])
        try Execution("go", ["build", "-o", "app", "."], in: module.folder.url, environment: ["CGO_ENABLED": "0"])
            .check()
        let result = try module.run(["verify", "--format", "json", "--prove=run", "app"])
        #expect(result.output.contains("exit code 0; it said: a line of text"), "\(result.output)")
    }
}
