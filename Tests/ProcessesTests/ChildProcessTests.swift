import Files
import Foundation
import Processes
import SystemPackage
import TestSupport
import Testing

@Suite struct ChildProcessTests {
    private func shell(_ script: String, environment: [String: String] = [:], in folder: FilePath = "/") -> Command {
        Command(
            executable: "/bin/sh", arguments: ["-c", script], environment: environment, workingDirectory: folder)
    }

    @Test(arguments: [0, 1, 2, 126, 255]) func anExitCodeIsAnOutcome(code: Int32) async throws {
        let outcome = try await ChildProcess.run(shell("exit \(code)"))
        #expect(outcome.ending == .exited(code))
        #expect(outcome.succeeded == (code == 0))
        #expect("\(outcome.ending)" == "exit code \(code)")
    }

    /// signal(7): the numbers of SIGTERM, SIGKILL and SIGABRT are the same on all architectures of Linux.
    @Test(arguments: [("TERM", 15), ("KILL", 9), ("ABRT", 6)] as [(String, Int32)])
    func aSignalIsAnOutcome(name: String, number: Int32) async throws {
        let outcome = try await ChildProcess.run(shell("kill -\(name) $$"))
        #expect(outcome.ending == .killed(number))
        #expect(!outcome.succeeded)
        #expect("\(outcome.ending)" == "signal \(number)")
    }

    @Test func outputAndErrorsAreApart() async throws {
        let outcome = try await ChildProcess.run(shell("echo out; echo err >&2"))
        #expect(outcome.output == "out\n")
        #expect(outcome.errors == "err\n")
    }

    @Test func inputIsReadToItsEnd() async throws {
        let input = (0..<200_000).map { _ in UInt8(ascii: "x") }
        let outcome = try await ChildProcess.run(shell("wc -c", environment: ["PATH": "/usr/bin:/bin"]), input: input)
        #expect(outcome.output.filter(\.isNumber) == "200000")
    }

    @Test func argumentsArriveAsTheyAre() async throws {
        let words = ["a b", "", "$HOME", "it's", "-n", "ä\n"]
        let command = Command(
            executable: "/bin/sh", arguments: ["-c", "for w; do printf '<%s>' \"$w\"; done", "sh"] + words,
            environment: [:], workingDirectory: "/")
        #expect(try await ChildProcess.run(command).output == words.map { "<\($0)>" }.joined())
    }

    /// env(1) prints the environment that it was given.
    @Test func theEnvironmentIsExactlyAsGiven() async throws {
        let environment = ["A": "1", "EMPTY": "", "SPACED": "a b=c"]
        let command = Command(
            executable: "/usr/bin/env", arguments: ["-0"], environment: environment, workingDirectory: "/")
        let lines = try await ChildProcess.run(command).output.split(separator: "\0").map(String.init)
        #expect(Set(lines) == ["A=1", "EMPTY=", "SPACED=a b=c"])
    }

    @Test func nothingIsInherited() async throws {
        let command = Command(executable: "/usr/bin/env", arguments: [], environment: [:], workingDirectory: "/")
        #expect(try await ChildProcess.run(command).output.isEmpty)
    }

    @Test func aCommandRunsInItsFolder() async throws {
        let folder = try TemporaryFolder()
        let path = FilePath(folder.url.resolvingSymlinksInPath().path)
        #expect(try await ChildProcess.run(shell("pwd -P", in: path)).output == "\(path)\n")
    }

    @Test(arguments: ["/absent/program", "/etc/passwd"]) func aProgramThatCannotRunIsNamed(path: String) async {
        let command = Command(executable: FilePath(path), arguments: [], environment: [:], workingDirectory: "/")
        await #expect(throws: ProcessError.programNotFound(FilePath(path))) { try await ChildProcess.run(command) }
    }

    @Test func aFolderThatDoesNotExistIsNamed() async {
        await #expect(throws: ProcessError.folderNotFound("/absent", program: "/bin/sh")) {
            try await ChildProcess.run(shell("true", in: "/absent"))
        }
    }

    @Test(arguments: [(1000, true), (1001, false)]) func outputHasALimit(count: Int, fits: Bool) async throws {
        let command = shell("printf '%0\(count)d' 0")
        if fits {
            #expect(try await ChildProcess.run(command, outputLimit: 1000).output.count == count)
        } else {
            await #expect(throws: ProcessError.outputTooLarge("/bin/sh", limit: 1000)) {
                try await ChildProcess.run(command, outputLimit: 1000)
            }
        }
    }

    @Test func linesOfErrorsComeOneByOneAndOnlySomeAreKept() async throws {
        let seen = Lines()
        let outcome = try await ChildProcess.run(shell("echo one >&2; echo two >&2; echo three; exit 3")) { line in
            await seen.append(line)
            return line.hasPrefix("t")
        }
        #expect(await seen.all == ["one", "two"])
        #expect(outcome.errors == "two")
        #expect(outcome.output == "three\n")
        #expect(outcome.ending == .exited(3))
    }

    private actor Lines {
        var all: [String] = []
        func append(_ line: String) { all.append(line) }
    }

    /// The shell's own child is in its process group, and must not outlive it.
    @Test func cancellationEndsTheWholeProcessGroup() async throws {
        let folder = try TemporaryFolder()
        let path = FilePath(folder.url.path)
        let script = "sleep 300 & echo $! > child.tmp; echo $$ > shell; mv child.tmp child; wait"
        let command = shell(script, environment: ["PATH": "/usr/bin:/bin"], in: path)
        let task = Task { try await ChildProcess.run(command) }
        while !path.appending("child").exists { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        for name in ["child", "shell"] {
            let text = try FileSnapshot.text(path.appending(name)).trimmingCharacters(in: .whitespacesAndNewlines)
            let process = try #require(pid_t(text))
            var isAlive = true
            for _ in 0..<200 where isAlive {
                isAlive = try isRunning(process)
                if isAlive { try await Task.sleep(for: .milliseconds(10)) }
            }
            #expect(!isAlive, "\(name) is still running")
        }
    }

    /// A zombie has ended, and only waits for its parent.
    private func isRunning(_ process: pid_t) throws -> Bool {
        guard let status = KernelFile.text(FilePath("/proc/\(process)/stat")), let end = status.lastIndex(of: ")")
        else {
            return false
        }
        return !status[end...].hasPrefix(") Z")
    }

    @Test(
        arguments: [
            (.programNotFound("/bin/x"), "cannot run /bin/x: it does not exist or is not executable"),
            (.folderNotFound("/a", program: "/bin/x"), "cannot run /bin/x in /a: the folder cannot be entered"),
            (.outputTooLarge("/bin/x", limit: 64 << 20), "/bin/x wrote more than 64 MiB; it was stopped"),
            (.failed("/bin/x", .noMemory), "cannot run /bin/x: Cannot allocate memory"),
        ] as [(ProcessError, String)])
    func anErrorNamesTheProgramAndTheReason(error: ProcessError, text: String) { #expect("\(error)" == text) }
}
