import Foundation

/// A registry of its own for one test: Debian's docker-registry, which has no referrers API.
public final class Registry {
    private let process: Process
    private let folder: TemporaryFolder
    /// The host and the port.
    public let host: String

    /// Starts it on a free port.
    public init() throws {
        let folder = try TemporaryFolder()
        let process = Process()
        host = try Registry.start(process, in: folder)
        self.folder = folder
        self.process = process
    }

    private static func start(_ process: Process, in folder: TemporaryFolder) throws -> String {
        let configuration = try folder.write(
            """
            version: 0.1
            log: {level: info, accesslog: {disabled: true}}
            storage: {filesystem: {rootdirectory: \(folder.url.path)/data}}
            http: {addr: "127.0.0.1:0"}

            """, to: "registry.yml")
        let log = try folder.write("", to: "log")
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["docker-registry", "serve", configuration.path]
        process.standardOutput = try FileHandle(forWritingTo: log)
        process.standardError = process.standardOutput
        try process.start()
        do { return try host(in: log) } catch {
            kill(process.processIdentifier, SIGKILL)
            throw error
        }
    }

    // Not SIGTERM: a child inherits the signals that the threads of this process block.
    deinit { kill(process.processIdentifier, SIGKILL) }

    /// Waits for the line that says where it listens.
    private static func host(in log: URL) throws -> String {
        for _ in 0..<200 {
            let text = String(decoding: try Data(contentsOf: log), as: UTF8.self)
            if let match = text.firstMatch(of: /listening on (127\.0\.0\.1:[0-9]+)/) { return String(match.1) }
            Thread.sleep(forTimeInterval: 0.05)
        }
        throw Failure(words: "the registry did not start: \(try String(contentsOf: log, encoding: .utf8))")
    }

    private struct Failure: Error {
        let words: String
    }
}
