import ArgumentParser
import Attestation
import Configuration
import Foundation
import GoBinary
import GoToolchain
import Proving
import ScratchImage
import SystemPackage
import TestSupport
import Testing
import Verification
import Workflows

@testable import staticcheck

/// Where command line, environment, configuration and default meet: the first that says something wins.
@Suite struct ResolveTests {
    private func file(_ text: String, in bench: Bench) throws -> ConfigurationFile {
        ConfigurationFile(
            settings: try Configuration(text, file: "scratchcheck.yaml"), folder: bench.path("project"), path: nil)
    }

    private func check(
        _ arguments: [String], over text: String = "", _ bench: Bench, passedOn: [String] = []
    ) throws -> CheckRequest {
        let command = try Check.parse(arguments)
        let words = CommandWords(command.words + passedOn, commandLine: ["--"] + passedOn)
        return try command.request(words, over: file(text, in: bench), in: bench.context)
    }

    /// `--buildvcs` over `buildvcs:` over go's default.
    @Test(
        arguments: [
            (["--buildvcs", "false"], "buildvcs: true", CommitStamping.never), ([], "buildvcs: true", .always),
            ([], "tags: [x]", nil),
        ] as [([String], String, CommitStamping?)])
    func theCommandLineWinsOverTheConfiguration(arguments: [String], line: String, expected: CommitStamping?) throws {
        let bench = try Bench()
        let request = try check(arguments, over: "builds:\n  - packages: [./a]\n    \(line)\n", bench)
        #expect(request.matrix.builds.map(\.buildvcs) == [expected])
    }

    @Test func everyBuildFlagIsTakenFromTheConfiguration() throws {
        let bench = try Bench()
        let text = """
            builds:
              - packages: [./a, ./b]
                tags: [x, y]
                ldflags: [-s, -w]
                trimpath: false
                mod: vendor
                env: {GOPRIVATE: example.com}
                flags: [-v]
                go-version: 1.26
                platforms: linux/386
            """
        let build = try #require(try check([], over: text, bench, passedOn: ["-race"]).matrix.builds.first)
        #expect(build.packages == ["./a", "./b"] && build.directory == bench.path("project"))
        #expect(build.tags == "x,y" && build.ldflags == "-s -w" && !build.trimpath && build.mod == .vendor)
        #expect(build.environment == ["GOPRIVATE": "example.com"] && build.flags == ["-v", "-race"])
        #expect(build.goVersion == GoVersion("1.26"))
        #expect(build.platforms == [.one(Platform(goos: "linux", goarch: "386"))])
        let arguments = ["--tags", "z", "--ldflags=-X a=b", "--trimpath", "--mod", "mod", "--go-version", "1.25.1"]
        let other = try #require(try check(arguments, over: text, bench).matrix.builds.first)
        #expect(other.tags == "z" && other.ldflags == "-X a=b" && other.trimpath && other.mod == .mod)
        #expect(other.goVersion == GoVersion("1.25.1"))
    }

    @Test(
        arguments: [
            (["-p", "linux/arm"], "linux/386", "linux/riscv64", "linux/arm"),
            ([], "linux/386", "linux/riscv64", "linux/386"),
            ([], nil, "linux/riscv64", "linux/riscv64"), ([], nil, nil, "linux/amd64"),
        ] as [([String], String?, String?, String)])
    func platformsComeFromTheFirstThatNamesThem(
        arguments: [String], variable: String?, configured: String?, first: String
    ) throws {
        var bench = try Bench()
        bench.environment["SCRATCHCHECK_PLATFORM"] = variable
        let text = configured.map { "builds:\n  - platforms: [\($0)]\n" } ?? ""
        let build = try #require(try check(arguments, over: text, bench).matrix.builds.first)
        #expect(build.platforms.first == .one(try Platform(parsing: first)))
    }

    @Test func speedComesFromTheCommandLineElseTheEnvironment() throws {
        var bench = try Bench()
        bench.environment = ["SCRATCHCHECK_JOBS": "3", "SCRATCHCHECK_MEMORY": "2GiB"]
        #expect(try check([], bench).speed == SpeedSettings(jobs: 3, memory: 2 << 30))
        #expect(try check(["-j", "5", "--memory", "1GiB"], bench).speed == SpeedSettings(jobs: 5, memory: 1 << 30))
        for name in ["SCRATCHCHECK_JOBS", "SCRATCHCHECK_MEMORY", "SCRATCHCHECK_PLATFORM"] {
            var broken = try Bench()
            broken.environment[name] = "lots"
            #expect {
                try check([], broken)
            } throws: {
                $0 is ValidationError && "\($0)".contains(name)
            }
        }
    }

    @Test(arguments: [
        ([], "", "dist", "/w/dist"), (["-o", "out"], "output: bin", "out", "/w/out"),
        (["-o", "/abs"], "", "/abs", "/abs"),
    ]) func theOutputFolderStartsInTheWorkingFolder(arguments: [String], text: String, shown: String, path: String)
        throws
    {
        let bench = try Bench()
        let context = bench.context.moved(to: "/w")
        let file = ConfigurationFile(
            settings: try Configuration(text, file: "scratchcheck.yaml"), folder: "/w", path: nil)
        let command = try Check.parse(arguments)
        let output = try CheckRequest.OutputFolder(over: file, option: command.output, in: context)
        #expect(output.shown.string == shown && output.path.string == path)
    }

    /// A configured folder belongs to the configuration; reports then show the whole path.
    @Test func aConfiguredOutputFolderStartsBesideTheFile() throws {
        let bench = try Bench()
        let output = try check([], over: "output: bin\n", bench).output
        #expect(output.path == bench.path("project/bin") && output.shown == output.path)
    }

    /// A checked-in link must not decide where binaries and reports are written. The command line may name any place.
    @Test(arguments: ["output: out", "output: out/sub", "output: other/back", ""])
    func noConfiguredOutputLeavesTheRepositoryThroughALink(text: String) throws {
        let bench = try Bench()
        let elsewhere = try TemporaryFolder()
        let project = bench.folder.url.appending(path: "project").path
        try FileManager.default.createDirectory(atPath: project + "/other", withIntermediateDirectories: true)
        for name in ["out", "dist", "other/back"] {
            try FileManager.default.createSymbolicLink(
                atPath: "\(project)/\(name)", withDestinationPath: elsewhere.url.path)
        }
        #expect {
            try check([], over: text, bench)
        } throws: {
            "\($0)".contains("leads through a link to \(elsewhere.url.path)")
        }
        #expect(try check(["-o", "out"], over: text, bench).output.path == bench.path("out"))
        let file = try file("reports: [{format: json, file: out/r.json}]", in: bench)
        #expect(throws: ConfigurationError.self) { try ReportOptions.parse([]).resolve(over: file, in: bench.context) }
    }

    /// A link that stays in the repository is fine, also above the folder of the configuration.
    @Test func linksInsideTheRepositoryAreFollowed() throws {
        let bench = try Bench()
        for name in ["project", ".git", "shared"] {
            try FileManager.default.createDirectory(
                atPath: bench.path(name).string, withIntermediateDirectories: true)
        }
        try FileManager.default.createSymbolicLink(
            atPath: bench.path("project/out").string, withDestinationPath: "../shared")
        #expect(try check([], over: "output: out\n", bench).output.path == bench.path("project/out"))
    }

    @Test func rulesOfTheCommandLineWin() throws {
        let bench = try Bench()
        let text = "policy:\n  rules: {packed: note, time-zones: off}\n"
        let policy = try check(["--rule", "packed=error"], over: text, bench).policy
        #expect(policy.changes.contains(.init(rule: "packed", level: .error)))
        #expect(policy.changes.contains(.init(rule: "time-zones", level: nil)))
        #expect(policy.changes.count == 2)
    }

    /// The bench's day is 2027-01-15: an exception holds on its last day, and no longer.
    @Test(arguments: [("2027-01-14", 0), ("2027-01-15", 1), ("2027-01-16", 1)])
    func exceptionsEndByTheContextsClock(until: String, count: Int) throws {
        let bench = try Bench()
        let text = "policy:\n  exceptions:\n    - {rule: packed, reason: r, until: \(until)}\n"
        let policy = try check([], over: text, bench).policy
        #expect(policy.exceptions.count == count && policy.endedExceptions.count == 1 - count)
    }

    @Test(arguments: [
        ([], "", true), ([], "stamps: false", false), (["--stamp"], "stamps: false", true), (["--no-stamp"], "", false),
    ]) func stampsAreOnUnlessTurnedOff(arguments: [String], text: String, isOn: Bool) throws {
        #expect((try check(arguments, over: text, try Bench()).stamps != nil) == isOn)
    }

    @Test func theKeyComesFromTheFirstThatNamesIt() throws {
        var bench = try Bench()
        let keys = (0..<3).map { _ in SigningKey(.p256) }
        bench.environment = ["OPTION": keys[0].pem, "FILE": keys[2].pem, "VARIABLE": keys[1].pem]
        let text = "stamps: {key: env:FILE}\n"
        func name(_ arguments: [String]) throws -> String? {
            try check(arguments, over: text, bench).stamps?.key?.verificationKey.identifier
        }
        #expect(try name([]) == keys[2].verificationKey.identifier)
        bench.environment["SCRATCHCHECK_KEY"] = "env:VARIABLE"
        #expect(try name([]) == keys[1].verificationKey.identifier)
        #expect(try name(["--key", "env:OPTION"]) == keys[0].verificationKey.identifier)
    }

    @Test func keysThatCannotBeReadAreNamed() throws {
        let bench = try Bench()
        #expect {
            try check(["--key", "env:NOWHERE"], bench)
        } throws: {
            "\($0)".contains("NOWHERE")
        }
        #expect {
            try check(["--key=-----BEGIN PRIVATE KEY-----secret"], bench)
        } throws: {
            !"\($0)".contains("secret")
        }
        #expect(throws: ValidationError.self) { try check(["--stamp-format", "sigstore"], bench) }
    }

    @Test(
        arguments: [
            (["--prove=run"], ["-a", "--", "b"], ["-a"], ProofMode.run(["b"])),
            (["--prove=run"], ["b"], [], .run(["b"])), (["--prove=start"], ["-a"], ["-a"], .start),
            ([], ["-a"], ["-a"], nil),
        ] as [([String], [String], [String], ProofMode?)])
    func whatFollowsTheTerminatorIsForGoOrTheProgram(
        arguments: [String], words: [String], flags: [String], proof: ProofMode?
    ) throws {
        let request = try check(arguments, try Bench(), passedOn: words)
        #expect(request.matrix.builds.first?.flags == flags && request.proof == proof)
    }

    @Test func verifyTakesArgumentsOnlyForPrograms() throws {
        let bench = try Bench()
        let command = try Verify.parse(["x"])
        let words = CommandWords(["x", "y"], commandLine: ["x", "--", "y"])
        #expect(throws: ValidationError.self) {
            try command.request(words, over: .none(in: bench.path), in: bench.context)
        }
    }

    /// The parser hands ends over as errors; a sentence in the message is what the user reads.
    @Test(arguments: [
        (["--no-config", "--config", "x"], "--config"), (["-q", "-v"], "--verbose"),
        (["--fail-on-growth", "5%"], "--baseline"), (["--report", "pdf=x"], "junit"), (["--mod", "none"], "vendor"),
        (["--shard", "5/4"], "--shard"), (["--rule", "nothing=off"], "nothing"),
    ]) func contradictionsAndWrongTextsAreUsageErrors(arguments: [String], word: String) {
        #expect {
            try Check.parse(arguments)
        } throws: {
            Check.exitCode(for: $0).rawValue == 64 && Check.fullMessage(for: $0).contains(word)
        }
    }

    @Test func theReportGoesToConfiguredFilesToo() throws {
        var bench = try Bench()
        bench.environment["GITHUB_STEP_SUMMARY"] = "/summary"
        let file = try file("reports:\n  - {format: json, file: a.json}\n", in: bench)
        let plain = try ReportOptions.parse(["--report", "sarif=b"]).resolve(over: file, in: bench.context)
        #expect(plain.delivery.files.map(\.path.string) == ["b", bench.path("project/a.json").string])
        #expect(plain.delivery.summary == nil)
        let github = try ReportOptions.parse(["--format", "github"]).resolve(in: bench.context)
        #expect(github.delivery.summary == "/summary" && github.delivery.files.isEmpty)
    }

    /// https://no-color.org and https://bixense.com/clicolors: NO_COLOR wins.
    @Test(
        arguments: [
            ("always", [:], true), ("never", ["CLICOLOR_FORCE": "1"], false), ("auto", ["CLICOLOR_FORCE": "1"], true),
            ("auto", ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false), ("auto", ["TERM": "dumb"], false),
        ] as [(String, [String: String], Bool)])
    func coloursFollowTheEnvironment(choice: String, environment: [String: String], isOn: Bool) throws {
        var bench = try Bench()
        bench.environment = environment
        let options = try ReportOptions.parse(["--color", choice])
        #expect(try options.resolve(in: bench.context).usesColour == isOn)
    }
}

/// The contents of an image: lists grow, single values are replaced.
@Suite struct ImageResolveTests {
    private let text = """
        image:
          tag: app:1
          user: 1000:1000
          with: [tmp, users]
          without: [certificates]
          add: ["static:/srv"]
          args: [--config]
          expose: [8080]
          env: {A: "1", B: "2"}
          labels: {team: blue}
          stop-signal: SIGTERM
          workdir: /work
          compression: none
          certificates: ca.pem
        """

    private func contents(_ arguments: [String], _ text: String) throws -> ImageContents {
        let bench = try Bench()
        let file = ConfigurationFile(
            settings: try Configuration(text, file: "scratchcheck.yaml"), folder: "/project", path: nil)
        return try ImageOptions.parse(arguments).resolve(over: file, in: bench.context.moved(to: "/work"))
    }

    @Test func theConfigurationIsTaken() throws {
        let contents = try contents([], text)
        #expect(contents.reference?.description == "app:1" && contents.user.description == "1000:1000")
        #expect(contents.with == [.temporaryFiles, .users] && contents.without == [.certificates])
        #expect(contents.added.map(\.source.path.string) == ["/project/static"])
        #expect(contents.certificates?.path == "/project/ca.pem")
        #expect(contents.arguments == ["--config"] && contents.ports.map(\.description) == ["8080/tcp"])
        #expect(contents.environment == ["A": "1", "B": "2"] && contents.labels == ["team": "blue"])
        #expect(contents.stopSignal == "SIGTERM" && contents.workingFolder == "/work")
        #expect(contents.compression == .none)
    }

    @Test func theCommandLineWinsOrAdds() throws {
        let arguments = [
            "-t", "app:2", "--user", "5", "--with", "certificates", "--without", "tmp", "--add", "x:/y",
            "--arg=--other",
            "--expose", "53/udp", "--env", "B=3", "--label", "x=y", "--workdir", "/", "--compression", "gzip",
            "--certificates", "own.pem",
        ]
        let contents = try contents(arguments, text)
        #expect(contents.reference?.description == "app:2" && contents.user.description == "5:5")
        #expect(contents.with == [.users, .certificates] && contents.without == [.temporaryFiles])
        #expect(contents.added.map(\.source.path.string) == ["/project/static", "/work/x"])
        #expect(contents.certificates?.path == "/work/own.pem")
        #expect(contents.arguments == ["--other"] && contents.ports.map(\.description) == ["8080/tcp", "53/udp"])
        #expect(contents.environment == ["A": "1", "B": "3"] && contents.labels == ["team": "blue", "x": "y"])
        #expect(contents.workingFolder == "/" && contents.compression == .gzip)
    }

    @Test func defaultsAreThoseOfAScratchImage() throws {
        let contents = try contents([], "")
        #expect(contents.reference == nil && contents.user.description == "65532:65532")
        #expect(contents.workingFolder == "/" && contents.compression == .gzip && contents.added.isEmpty)
    }

    @Test(arguments: [("user: root", "image.user"), ("expose: [http]", "image.expose"), ("add: [x]", "image.add")])
    func wrongConfiguredTextsNameTheirKey(line: String, key: String) {
        #expect {
            try contents([], "image:\n  \(line)\n")
        } throws: {
            $0 is ValidationError && "\($0)".contains(key)
        }
    }
}
