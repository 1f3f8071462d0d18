import Files
import Foundation
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import GoToolchain

/// An answer of go is repeated only if nothing has changed on which it depends. The go command is a script that counts its calls.
struct RememberedAnswersTests {
    private let folder: TemporaryFolder
    private var environment: [String: String] {
        ["PATH": "/usr/bin:/bin", "HOME": "\(root)/home", "COUNT": "\(root)/calls"]
    }
    private var root: String { folder.url.path }

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("go1.22.1", to: "goroot/VERSION")
        try folder.write("", to: "goroot/src/go.mod")
        try folder.write(
            "#!/bin/sh\necho >>$COUNT\ncat \"${0%/goroot/bin/go}/m/main.go\"\neval \"$AND\"\n", to: "goroot/bin/go")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(root)/goroot/bin/go")
        try folder.write("module example.com/m\n\ngo 1.18\n", to: "m/go.mod")
        try folder.write("package main", to: "m/main.go")
        try folder.write("package lib", to: "m/lib/lib.go")
    }

    /// Asks go twice, and changes something between.
    ///
    /// - Returns: How often go was called.
    private func calls(
        _ arguments: [String] = listing, in place: String = "m", with more: [String: String] = [:],
        between change: () throws -> [String: String] = { [:] }
    ) async throws -> Int {
        // Longer than between two ticks of a file system's clock.
        usleep(20_000)
        try await ask(arguments, in: place, more)
        try await ask(arguments, in: place, more.merging(try change()) { $1 })
        return try String(contentsOfFile: "\(root)/calls", encoding: .utf8).count
    }

    private static let listing = ["list", "--", "./..."]

    /// `//go:embed` may stand anywhere in a file that imports the package (https://pkg.go.dev/embed).
    @Test func patternsForEmbedCount() async throws {
        let text = "package lib\n\nimport _ \"embed\"\n\n//go:embed a.txt\nvar a string\n"
        try folder.write(text, to: "m/lib/lib.go")
        #expect(try await calls { try write(text.replacing("a.txt", with: "b.txt")) } == 2)
    }

    /// go looks for go.work from the folder where it runs, not from that of go.mod (https://go.dev/ref/mod#workspaces).
    @Test func aWorkspaceBelowTheModuleIsSeen() async throws {
        try folder.write("go 1.18\n", to: "m/lib/go.work")
        #expect(try await calls(in: "m/lib") == 2)
    }

    /// Asks go, which answers with the text of main.go.
    private func ask(
        _ arguments: [String] = listing, in place: String = "m", _ more: [String: String] = [:]
    ) async throws {
        let files = try #require(KeptFiles("answers", environment: environment, limit: 8))
        let command = Command(
            executable: FilePath("\(root)/goroot/bin/go"), arguments: arguments,
            environment: environment.merging(more) { $1 }, workingDirectory: FilePath("\(root)/\(place)"))
        let outcome = try await RememberedAnswers.outcome(of: command, from: RememberedAnswers(in: files))
        #expect(outcome.output == (try String(contentsOfFile: "\(root)/m/main.go", encoding: .utf8)))
    }

    @Test func theSameQuestionIsAskedOnce() async throws {
        #expect(try await calls() == 1)
    }

    /// Same size and same `st_mtim`, which programs can set: `st_ctim` shows the change.
    @Test func aFileThatWasChangedInSecretIsSeen() async throws {
        let file = "\(root)/m/main.go"
        let count = try await calls {
            let date = try FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date
            try Data("package mein".utf8).write(to: URL(filePath: file))
            try FileManager.default.setAttributes(
                [.modificationDate: try #require(date)], ofItemAtPath: file)
            return [:]
        }
        #expect(count == 2)
    }

    /// Sources: `go help list`, `go help packages`, `go help environment`, https://go.dev/ref/mod and go.dev/doc/toolchain.
    @Test(arguments: [
        "m/new.go", "m/go.sum", "m/lib/fast.s", "m/lib/lib_arm64.go", "m/deep/er/main.go", "m/vendor/modules.txt",
        "m/testdata/x.go", "m/.hidden/x.go", "goroot/VERSION", "goroot/go.env", "home/.config/go/env",
    ])
    func aWrittenFileMakesGoAnswerAgain(file: String) async throws {
        let count = try await calls {
            try folder.write("package x", to: file)
            return [:]
        }
        #expect(count == 2)
    }

    @Test func aRemovedFileMakesGoAnswerAgain() async throws {
        let count = try await calls {
            try FileManager.default.removeItem(atPath: "\(root)/m/lib/lib.go")
            return [:]
        }
        #expect(count == 2)
    }

    @Test(arguments: [
        ["GOFLAGS": "-tags=x"], ["GOARCH": "arm64"], ["CGO_ENABLED": "1"], ["GOPROXY": "off"],
        ["CC": "zig cc"], ["PATH": "/bin:/usr/bin"], ["PKG_CONFIG_PATH": "/opt/lib/pkgconfig"],
    ])
    func anotherVariableMakesGoAnswerAgain(variables: [String: String]) async throws {
        #expect(try await calls { variables } == 2)
    }

    /// A build writes programs, users write texts, and git writes into its own folder.
    @Test(arguments: [
        "m/README.md", "m/dist/linux/amd64/app", "m/dist/linux/amd64/s", "m/.git/x.go",
        "m/dist/.staticcheck-x/tmp/x.go",
    ])
    func whatIsNoSourceDoesNotCount(file: String) async throws {
        try folder.write("", to: "m/dist/linux/amd64/old")
        let count = try await calls {
            try folder.write("x", to: file)
            return ["SHLVL": "3", "_": "/bin/sh", "TERM_SESSION_ID": "w2", "SSH_CONNECTION": "192.0.2.1 22"]
        }
        #expect(count == 1)
    }

    /// The clock of a file system ticks a few hundred times a second, and two changes in one tick look like one.
    @Test func whatChangesWithinATickIsSeen() async throws {
        for round in 0..<30 {
            try folder.write("package main", to: "m/main.go")
            usleep(UInt32(round % 10) * 1_000)
            try await ask()
            try folder.write("package mein", to: "m/main.go")
            try await ask()
        }
    }

    /// go reads a file no further than to the first token after its imports.
    @Test(arguments: [
        "func F() { println(2) }", "func G() {}\n// A comment.\n//go:build late\nvar x int", "}{ nonsense",
    ])
    func whatComesAfterTheImportsDoesNotCount(text: String) async throws {
        let head = "//go:build linux\n\npackage lib\n\nimport (\n\t\"fmt\"\n)\n"
        try folder.write(head + "func F() { println(1) }", to: "m/lib/lib.go")
        #expect(try await calls { try write(head + text) } == 1)
        // Now that state is known too.
        #expect(try await calls() == 1)
    }

    /// To read them all would take longer than to ask go.
    @Test func filesOfALargeModuleAreNotRead() async throws {
        for number in 0..<SourceHeads.maximum { try folder.write("package lib", to: "m/lib/lib\(number).go") }
        #expect(try await calls() == 1)
        #expect(try await calls { try write("package lib\n\nfunc F() {}") } == 2)
    }

    @Test(arguments: [
        "//go:build linux\n\npackage lib", "package other", "package lib\nimport \"fmt\"", "x",
        "package lib\n// #cgo LDFLAGS: -lm\nimport \"C\"", "package lib\nimport (", "/* package lib",
        "package lib\n// \0",
    ])
    func anotherHeadMakesGoAnswerAgain(text: String) async throws {
        try folder.write("package lib\n", to: "m/lib/lib.go")
        #expect(try await calls { try write(text) } == 2)
    }

    private func write(_ text: String) throws -> [String: String] {
        try folder.write(text, to: "m/lib/lib.go")
        return [:]
    }

    /// go.mod names the version of Go that answers (https://go.dev/doc/toolchain). Sources do not.
    @Test(arguments: [("m/go.mod", 2), ("m/lib/lib.go", 1), ("m/new.go", 1), ("home/.config/go/env", 2)])
    func theSettingsOfGoDependOnItsOwnFiles(file: String, count: Int) async throws {
        let asked = try await calls(["env", "GOVERSION"]) {
            try folder.write("go 1.19", to: file)
            return [:]
        }
        #expect(asked == count)
    }

    /// Files outside the module would decide what go answers.
    @Test(arguments: [
        "go.work\ngo 1.18\n", "m/go.mod\nmodule x\nreplace a => ../b\n",
        "m/go.mod\nmodule x\r\nreplace a => b v1.0.0\r\nreplace c => ../c\r\n",
        "m/go.mod\nmodule x\nreplace a => \"./b\"\n",
    ])
    func sourcesOutsideTheModuleAreNotWatched(file: String) async throws {
        let lines = file.split(separator: "\n", maxSplits: 1)
        try folder.write(String(lines[1]), to: String(lines[0]))
        #expect(try await calls() == 2)
    }

    @Test func aReplacementByAVersionIsNoFolder() async throws {
        try folder.write("module x\nreplace a => example.com/b v1.0.0\n", to: "m/go.mod")
        #expect(try await calls() == 1)
    }

    @Test(arguments: [
        ["GOWORK": "/w/go.work"], ["GOFLAGS": "-overlay=x.json"], ["GOFLAGS": "-modfile=x.mod"],
        ["GOROOT": "/usr/lib/go"],
        ["GO111MODULE": "off"],
    ])
    func variablesThatNameOtherSources(variables: [String: String]) async throws {
        #expect(try await calls(with: variables) == 2)
    }

    @Test(arguments: ["/elsewhere/main.go", "../other", "../../x/..."])
    func packagesOutsideTheModule(pattern: String) async throws {
        #expect(try await calls(["list", "--", pattern]) == 2)
    }

    /// The reason for an error may lie outside: a server, or a module that is not there yet.
    @Test(arguments: ["exit 1", "echo warning >&2"])
    func whatIsNoCleanAnswerIsNotRemembered(and: String) async throws {
        #expect(try await calls(with: ["AND": and]) == 2)
    }

    @Test func anAnswerWithAnErrorIsNotRemembered() async throws {
        try folder.write("{\n\t\"Error\": {}\n}\n", to: "m/main.go")
        #expect(try await calls() == 2)
    }

    /// Version managers put a script named go on PATH, which chooses among several.
    @Test func aScriptThatChoosesAVersionIsAskedEachTime() async throws {
        try FileManager.default.removeItem(atPath: "\(root)/goroot/VERSION")
        #expect(try await calls() == 2)
    }

    @Test func aLinkToAFolderLeadsOutside() async throws {
        try FileManager.default.createSymbolicLink(atPath: "\(root)/m/linked", withDestinationPath: "\(root)/home")
        try folder.write("", to: "home/x")
        #expect(try await calls() == 2)
    }

    /// Cut off, as after a crash, and with other bytes.
    @Test(arguments: ["truncate -s 0", "truncate -s -1", "truncate -s 100", "printf x >", "sed -i s/main/mein/"])
    func aDamagedRecordIsNoAnswer(damage: String) async throws {
        let count = try await calls {
            let kept = URL(filePath: "\(root)/home/.cache/staticcheck/answers")
            try Execution("sh", ["-c", "for file in *; do \(damage) \"$file\"; done"], in: kept).check()
            return [:]
        }
        #expect(count == 2)
    }

    /// The environment of CI holds passwords.
    @Test func noVariableIsWrittenDown() async throws {
        _ = try await calls(with: ["TOKEN": "hunter2"])
        let kept = "\(root)/home/.cache/staticcheck/answers"
        let names = try FileManager.default.contentsOfDirectory(atPath: kept)
        #expect(names.count == 1)
        for name in names {
            #expect(try !String(contentsOfFile: "\(kept)/\(name)", encoding: .utf8).contains("hunter2"))
        }
    }
}
