import Foundation
import TestSupport
import Testing

/// What the program does with its first word.
@Suite struct CommandLineTests {
    private struct Help: Decodable {
        let command: Command

        struct Command: Decodable {
            let commandName: String
            let subcommands: [Command]?
        }
    }

    /// The parser's own list of commands, each of which must be reached by its name.
    @Test func everyCommandIsReachedByItsName() throws {
        let dump = try Execution(Checkout.program, ["--experimental-dump-help"]).output
        let commands = try JSONDecoder().decode(Help.self, from: Data(dump.utf8)).command.subcommands ?? []
        #expect(commands.count > 10)
        for name in commands.map(\.commandName) where name != "help" {
            let result = try Execution(Checkout.program, [name, "--help"])
            #expect(result.status == 0)
            #expect(result.output.contains("USAGE: staticcheck \(name) "), "\(name)")
        }
    }

    @Test func withoutACommandCheckIsMeant() throws {
        let module = try GoModule()
        #expect(try module.run(["-p", "linux/amd64", "-q"]).output.contains("1 ready"))
        #expect(try module.run([".", "-p", "linux/amd64", "-q"]).status == 0)
        #expect(try module.run(["--nonsense"]).errors.contains("staticcheck check"))
    }

    /// As with getopt_long(3), `--tags=` is an empty value and does not consume the next word: a script may say `--tags="$TAGS"`
    /// with TAGS empty.
    @Test(arguments: ["--tags=", "--ldflags="]) func anOptionMayHaveAnEmptyValue(option: String) throws {
        let module = try GoModule(["main.go": GoModule.hello, "cmd/a/main.go": GoModule.hello])
        let result = try module.run([option, "./cmd/a", "-p", "linux/amd64", "--dry-run"])
        #expect(
            result.status == 0 && result.output.contains("-- example.com/m/cmd/a\n"), "\(result.output)\(result.errors)"
        )
        let passedOn = try module.run(["./cmd/a", "-p", "linux/amd64", "--dry-run", "--", option])
        #expect(passedOn.output.contains(" \(option)"), "\(passedOn.output)\(passedOn.errors)")
    }

    @Test func packagesStandBeforeTheFlagsForGo() throws {
        let result = try GoModule().run([".", "-p", "linux/amd64", "--", "-v", "./cmd/a"])
        #expect(result.status == 64 && result.errors.contains("./cmd/a after -- is not a flag"), "\(result.errors)")
    }

    /// go would write nothing, or elsewhere, and an old file would be taken for the program.
    @Test(arguments: [["-o", "elsewhere"], ["-n"]]) func flagsThatLeaveNoProgramAreRefused(words: [String]) throws {
        let module = try GoModule()
        try module.check(["-p", "linux/amd64", "-q"]).check()
        for command in ["check", "image"] {
            let result = try module.run([command, "-p", "linux/amd64", "--"] + words)
            #expect(result.status == 64 && result.errors.contains("\(words[0]) cannot be passed on to go"))
        }
    }

    @Test func everyCommandTellsTheVersion() throws {
        let version = try Execution(Checkout.program, ["--version"]).output
        #expect(version.split(separator: ".").count == 3)
        #expect(try Execution(Checkout.program, ["verify", "--version"]).output == version)
    }

    /// What was set for Swift's runtime at the start is nothing to the programs that are started.
    @Test func childrenGetTheEnvironmentAsItWas() throws {
        let module = try GoModule()
        try module.folder.write("#!/bin/sh\necho \"SWIFT_BACKTRACE=$SWIFT_BACKTRACE.\" >&2\nexit 1\n", to: "go")
        try Execution("chmod", ["+x", module.path("go")]).check()
        let result = try Execution(
            "env", ["-u", "SWIFT_BACKTRACE", Checkout.program, "--go", module.path("go")], in: module.folder.url)
        #expect(result.errors.contains("SWIFT_BACKTRACE=."))
    }

    /// An empty root has no /proc, from which Swift's own list of arguments comes.
    @Test(.enabled(if: Namespaces.arePermitted, "this machine permits no namespaces"))
    func argumentsNeedNoProc() throws {
        let script = "mount -t tmpfs none /proc && exec \"$0\" --version"
        let result = try Execution("unshare", ["-Urm", "bash", "-c", script, Checkout.program])
        #expect(result.output == (try Execution(Checkout.program, ["--version"]).output), "\(result.errors)")
    }

    /// The example that uses the modules as another program would.
    @Test func theExampleSaysWhatTheProgramSays() throws {
        let example = URL(filePath: Checkout.program).deletingLastPathComponent().appending(path: "verdict").path
        let result = try Execution(example, [Checkout.sample("go-linux-amd64"), "/bin/true", "/etc/passwd"])
        let verdicts = result.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }
        #expect(verdicts.map { $0.hasSuffix(": ready") } == [true, false, false])
        #expect(verdicts.dropFirst().allSatisfy { $0.hasSuffix(": not-ready") })
    }
}
