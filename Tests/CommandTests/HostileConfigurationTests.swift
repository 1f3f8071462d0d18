import Foundation
import TestSupport
import Testing

/// What a configuration that was checked in by somebody else may not do, and what it may.
@Suite(.serialized) struct HostileConfigurationTests {
    private let module: GoModule

    init() throws {
        module = try GoModule()
        try module.folder.write("#!/bin/sh\ntouch \"\(module.path("ran"))\"\nexec \"$@\"\n", to: "evil")
        #expect(try Execution("chmod", ["+x", module.path("evil")]).status == 0)
    }

    private static let refused = [
        "builds: [{packages: [.], flags: [-toolexec=./evil]}]",
        "builds: [{packages: [.], ldflags: '-linkmode=external -extld=./evil'}]",
        "builds: [{packages: [.], ldflags: '@evil'}]", "builds: [{packages: [.], env: {PATH: .}}]",
        "builds: [{packages: [.], env: {GOFLAGS: -toolexec=./evil}}]", "output: /tmp/elsewhere", "output: ../elsewhere",
        "output: a/../../elsewhere", "reports: [{format: json, file: /tmp/report.json}]",
        "reports: [{format: json, file: ../report.json}]",
        "builds: [{packages: [.], flags: ['-gcflags=-d=dumpinlfuncprops=%s/x']}]",
        "reports: [{format: json, file: main.go}]", "reports: [{format: json, file: go.mod}]",
        "reports: [{format: json, file: scratchcheck.yaml}]", "reports: [{format: json, file: .git/config}]",
        "output: .git/hooks", "reports: [{format: json, file: gitlink/config}]",
    ]

    /// A file that `--config` names is no different: a CI job names files of the tree too.
    @Test(arguments: refused) func isRefusedWithItsPlace(configuration: String) throws {
        try module.folder.write(configuration + "\n", to: "scratchcheck.yaml")
        try FileManager.default.createDirectory(atPath: module.path(".git"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: module.path("gitlink"), withDestinationPath: ".git")
        for options in [[], ["--config", "scratchcheck.yaml"]] {
            let result = try module.check(["-p", "linux/amd64", "-q"] + options)
            #expect(result.status == 2, "\(result.output)")
            #expect(result.errors.contains("scratchcheck.yaml:1:"), "\(result.errors)")
            #expect(!module.holds("ran") && !module.holds("dist") && !module.holds("../elsewhere"))
        }
    }

    @Test(arguments: [
        "builds: [{packages: [.], flags: [-trimpath]}]", "builds: [{packages: [.], ldflags: '-s -w'}]",
        "builds: [{packages: [.], env: {GODEBUG: madvdontneed=1, GOPRIVATE: example.com}}]", "output: out/linux",
    ]) func whatRunsNothingIsAllowed(configuration: String) throws {
        try module.folder.write(configuration + "\n", to: "scratchcheck.yaml")
        let result = try module.check(["-p", "linux/amd64", "-q"])
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test(arguments: ["output: dist\n", ""]) func anOutputFolderThatIsALinkOutOfTheTreeIsRefused(text: String) throws {
        let elsewhere = try TemporaryFolder()
        try FileManager.default.createSymbolicLink(
            atPath: module.path("dist"), withDestinationPath: elsewhere.url.path)
        try module.folder.write(text, to: "scratchcheck.yaml")
        let result = try module.check(["-p", "linux/amd64", "-q"])
        #expect(result.status == 2 && result.errors.contains("leads through a link to"), "\(result.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere.url.path).isEmpty)
    }

    /// A size of −2⁶³ has no absolute value that fits.
    @Test func aBaselineWithImpossibleNumbersIsAnError() throws {
        #expect(try module.check(["-p", "linux/amd64", "-q", "--report", "json=base.json"]).status == 0)
        let text = String(decoding: try module.bytes("base.json"), as: UTF8.self)
        for size in ["-9223372036854775808", "-1", "9223372036854775807"] {
            let changed = text.replacing(try Regex("\"size\" ?: ?[0-9]+"), with: "\"size\" : \(size)")
            #expect(changed != text)
            try module.folder.write(changed, to: "odd.json")
            let result = try module.check(["-p", "linux/amd64", "-q", "--baseline", "odd.json"])
            #expect(result.status == 2 && result.errors.contains("odd.json: has a size"), "\(size): \(result.errors)")
        }
    }
}

/// Every text from outside is escaped before it can reach a terminal.
@Suite struct OutsideTextTests {
    private static let escape = "\u{1b}]0;owned\u{7}\u{9b}31m"
    private static let runs = [
        ["verify", "--rule", "\(escape)=off", "x"], ["verify", "x\(escape)"], ["explain", escape],
        ["keygen", "k\(escape)"],
        ["gate", "--trust", "k\(escape)", "dist"], ["gate", "--allow-unsigned", escape], ["merge", "m\(escape)"],
        ["check", escape], ["check", "--platform", escape], ["check", "--shard", escape], ["matrix", escape],
        ["image", "--from", escape, "--allow-unsigned", "-t", "x:1"], ["image", "-t", escape], ["dockerfile", escape],
        ["dockerfile", "--lint", escape], ["dockerfile", "--lint", "--ignore", escape], ["inspect", escape],
        ["verify", "--report", "\(escape)=x", "x"], ["verify", "oci:\(escape)"], ["verify", "docker://\(escape)"],
        ["check", "--go", escape, "."], ["check", "--config", escape, "."], ["check", "-C", escape],
        ["verify", "--baseline", escape, "x"], ["check", "--key", escape, "."],
        ["check", "--key", "env:\(escape)", "."],
        ["check", "--dry-run", "--ldflags", "-X a=\(escape)"],
        ["check", "-v", "--ldflags", "-X a=\(escape)", "-p", "linux/amd64"],
        ["verify", "--report", "json=/dev/null/\(escape)", "."], ["--fail-on", escape], [escape], ["--\(escape)"],
        ["-\(escape)"],
    ]

    @Test(arguments: runs) func cannotSteerATerminal(arguments: [String]) throws {
        let module = try GoModule()
        let result = try module.run(arguments)
        let written = (result.output + result.errors).unicodeScalars
        #expect(
            !written.contains("\u{1b}") && !written.contains("\u{9b}") && !written.contains("\u{7}"), "\(arguments)")
        #expect(result.status < 128)
    }

    @Test(arguments: [
        "SCRATCHCHECK_PLATFORM", "SCRATCHCHECK_JOBS", "SCRATCHCHECK_KEY", "SCRATCHCHECK_CONFIG", "SOURCE_DATE_EPOCH",
        "GOFLAGS",
    ])
    func variablesCannotEither(name: String) throws {
        let result = try GoModule().check(["-p", "linux/amd64"], environment: [name: "-v=\(OutsideTextTests.escape)"])
        #expect(!(result.output + result.errors).contains("\u{1b}"), "\(result.errors)")
    }

    /// The text of a configuration and of a package that does not compile.
    @Test func filesCannotEither() throws {
        let escape = OutsideTextTests.escape
        for text in ["\(escape): x\n", "output: ['\"\(escape)\"']\n", "builds: [{name: \"\\e[31m/\"}]\n"] {
            let result = try GoModule(["scratchcheck.yaml": text]).check()
            #expect(result.status == 2 && !result.errors.contains("\u{1b}"), "\(result.errors)")
        }
        let broken = try GoModule(["main.go": "package main\n\nfunc main() { \"\(escape)\" }\n"])
        let result = try broken.check(["-p", "linux/amd64"])
        #expect(result.status == 2 && !(result.output + result.errors).contains("\u{1b}"))
    }
}
