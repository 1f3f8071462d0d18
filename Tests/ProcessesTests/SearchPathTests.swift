import Foundation
import Processes
import SystemPackage
import TestSupport
import Testing

@Suite struct SearchPathTests {
    private let folder: TemporaryFolder
    private var root: String { folder.url.path }

    init() throws {
        folder = try TemporaryFolder()
        for name in ["one/go", "two/go", "two/gofmt"] {
            #expect(chmod(try folder.write("#!/bin/sh\n", to: name).path, 0o755) == 0)
        }
        try folder.write("a text", to: "plain/go")
        try folder.write("", to: "folder/go/file")
    }

    @Test func programsComeInTheOrderOfThePath() {
        #expect(
            SearchPath.programs("go", in: "\(root)/two:\(root)/one").map(\.string) == [
                "\(root)/two/go", "\(root)/one/go",
            ])
        #expect(SearchPath.program("go", in: "\(root)/one:\(root)/two") == FilePath("\(root)/one/go"))
        #expect(SearchPath.program("gofmt", in: "\(root)/one:\(root)/two") == FilePath("\(root)/two/gofmt"))
    }

    @Test(arguments: ["plain", "folder", "absent"]) func whatIsNotAProgramIsSkipped(name: String) {
        #expect(SearchPath.program("go", in: "\(root)/\(name)") == nil)
        #expect(SearchPath.program("go", in: "\(root)/\(name):\(root)/one") == FilePath("\(root)/one/go"))
    }

    /// A relative folder would make the choice depend on where the command is run.
    @Test(arguments: ["", ":", ".", "one", "::", "bin:."]) func relativeFoldersAreSkipped(path: String) {
        #expect(SearchPath.programs("go", in: path).isEmpty)
    }

    /// `command -v` of the shell searches the same path.
    @Test func theShellAgrees() throws {
        let path = "\(root)/plain:\(root)/absent:\(root)/two:\(root)/one"
        let found = try Execution("/bin/sh", ["-c", "command -v go"], environment: ["PATH": path]).output
        #expect(SearchPath.program("go", in: path)?.string == found.trimmingCharacters(in: .newlines))
    }
}

@Suite struct CommandTests {
    private let command = Command(
        executable: "/go bin/go", arguments: ["build", "-ldflags=-X 'a=b'", "./..."],
        environment: ["PATH": "/bin", "GOOS": "linux", "GOFLAGS": "", "PWD": "/src"], workingDirectory: "/src")

    @Test func theTextNamesWhatDiffersFromTheShell() {
        #expect(
            command.shellText(inherited: ["PATH": "/bin", "GOFLAGS": "-v"])
                == #"cd /src && GOFLAGS='' GOOS=linux '/go bin/go' build '-ldflags=-X '\''a=b'\''' ./..."#)
    }

    @Test func theShellRunsTheTextAsTheCommandSays() throws {
        let folder = try TemporaryFolder()
        let print = "printf '%s|' \"$A\" \"$PWD\" \"$@\""
        let command = Command(
            executable: "/bin/sh", arguments: ["-c", print, "sh", "it's", "two words", "*"],
            environment: ["A": "b c"], workingDirectory: FilePath(folder.url.path))
        let output = try Execution("/bin/sh", ["-c", command.shellText(inherited: [:])]).output
        #expect(output == "b c|\(folder.url.path)|it's|two words|*|")
    }
}
