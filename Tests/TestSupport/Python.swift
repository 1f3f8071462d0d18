import Foundation
import Synchronization

/// Python's standard library: the independent reader and writer of many tests.
///
/// One interpreter serves all scripts of a test run and forks for each, because starting Python takes longer than most of
/// the scripts. It ends with the test run, which closes its standard input.
public enum Python {
    private static let server = Mutex<Server?>(nil)

    /// Runs a script.
    ///
    /// - Parameter arguments: What the script finds in `sys.argv[1:]`.
    /// - Returns: What it printed.
    /// - Throws: The script's traceback if it failed.
    @discardableResult
    public static func run(_ script: String, _ arguments: [String] = []) throws -> String {
        let answer = try server.withLock { server in
            let running = try server ?? Server()
            server = running
            return try running.answer(to: Server.Task(script: script, arguments: arguments))
        }
        guard answer.status == 0 else { throw Failure(words: "exit code \(answer.status): \(answer.errors)") }
        return answer.output
    }

    private struct Failure: Error {
        let words: String
    }

    private struct Server: Sendable {
        struct Task: Encodable {
            let script: String
            let arguments: [String]
        }

        struct Answer: Decodable {
            let status: Int
            let output: String
            let errors: String
        }

        private let input: FileHandle
        private let output: FileHandle

        init() throws {
            let process = Process()
            let (tasks, answers) = (Pipe(), Pipe())
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["python3", "-I", "-S", "-X", "utf8", "-c", Server.program]
            process.standardInput = tasks
            process.standardOutput = answers
            try process.start()
            input = tasks.fileHandleForWriting
            output = answers.fileHandleForReading
        }

        func answer(to task: Task) throws -> Answer {
            try input.write(contentsOf: JSONEncoder().encode(task) + [0x0a])
            var line = Data()
            while line.last != 0x0a {
                let part = output.availableData
                guard !part.isEmpty else { throw Failure(words: "Python ended") }
                line += part
            }
            return try JSONDecoder().decode(Answer.self, from: line)
        }

        private static let program = """
            import gzip, hashlib, io, json, os, sys, tarfile, tempfile, traceback

            def run(task, out, err):
                for source, target in ((os.open(os.devnull, os.O_RDONLY), 0), (out.fileno(), 1), (err.fileno(), 2)):
                    os.dup2(source, target)
                sys.argv = ["-c", *task["arguments"]]
                try:
                    exec(compile(task["script"], "script", "exec"), {"__name__": "__main__"})
                    return 0
                except SystemExit as end:
                    return end.code if isinstance(end.code, int) else int(end.code is not None)
                except BaseException:
                    traceback.print_exc()
                    return 1
                finally:
                    sys.stdout.flush()
                    sys.stderr.flush()

            for line in sys.stdin:
                with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
                    child = os.fork()
                    if child == 0: os._exit(run(json.loads(line), out, err))
                    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
                    out.seek(0), err.seek(0)
                    answer = {"status": status, "output": out.read().decode(errors="replace"),
                        "errors": err.read().decode(errors="replace")}
                print(json.dumps(answer), flush=True)
            """
    }
}
