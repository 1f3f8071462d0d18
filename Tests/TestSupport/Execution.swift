public import Foundation

/// A finished run of a program.
public struct Execution: Sendable {
    /// The exit code, or 128 and the signal's number.
    public let status: Int32
    /// Standard output.
    public let output: String
    /// Standard error.
    public let errors: String

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
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try process.run()
        process.waitUntilExit()
        status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
        output = String(decoding: try Data(contentsOf: outputFile), as: UTF8.self)
        errors = String(decoding: try Data(contentsOf: errorFile), as: UTF8.self)
    }

    /// Makes sure that it succeeded.
    public func check() throws {
        guard status == 0 else { throw Failure(words: "exit code \(status): \(output)\(errors)") }
    }

    private struct Failure: Error {
        let words: String
    }
}
