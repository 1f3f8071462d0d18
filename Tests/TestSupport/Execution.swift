public import Foundation

/// A finished run of a program.
public struct Execution: Sendable {
    /// The exit code, or 128 and the signal's number.
    public let status: Int32
    /// Standard output.
    public let output: String
    /// Standard error.
    public let errors: String

    /// Longer than any run takes, also on a slow machine. Without it, one that hangs would be a test run without a result.
    private static let limit = DispatchTimeInterval.seconds(900)

    /// Runs a program to its end.
    public init(
        _ program: String, _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:]
    ) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let folder { process.currentDirectoryURL = folder }
        let captured = try TemporaryFolder()
        let outputFile = captured.url.appending(path: "out")
        let errorFile = captured.url.appending(path: "err")
        for file in [outputFile, errorFile] { try Data().write(to: file) }
        let streams = try [outputFile, errorFile].map(FileHandle.init(forWritingTo:))
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = streams[0]
        process.standardError = streams[1]
        let end = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in end.signal() }
        try process.start()
        // Foundation keeps a process and its handles for longer than it runs. With more than about 1,350 open descriptors it reads
        // past the list of them that the kernel gave, and crashes.
        for stream in streams { try stream.close() }
        guard end.wait(timeout: .now() + Execution.limit) == .success else {
            let processes = Execution.processes
            kill(-process.processIdentifier, SIGKILL)
            throw Failure(words: "not done after \(Execution.limit): \(program) \(arguments)\n\(processes)")
        }
        status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
        output = String(decoding: try Data(contentsOf: outputFile), as: UTF8.self)
        errors = String(decoding: try Data(contentsOf: errorFile), as: UTF8.self)
    }

    /// All threads of the machine, and what each waits for in the kernel, apart from the kernel's own.
    private static var processes: String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "ps", "-L", "--ppid", "2", "-p", "2", "--deselect", "-o", "pid,ppid,lwp,stat,etimes,wchan:24,args",
        ]
        process.standardOutput = output
        guard (try? process.start()) != nil else { return "ps did not start" }
        return String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }

    /// Makes sure that it succeeded.
    public func check() throws {
        guard status == 0 else { throw Failure(words: "exit code \(status): \(output)\(errors)") }
    }

    private struct Failure: Error {
        let words: String
    }
}
