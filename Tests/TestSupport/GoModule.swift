import Foundation

/// A Go module in a folder of its own, that the built program works on.
public struct GoModule: Sendable {
    /// The folder.
    public let folder: TemporaryFolder

    /// A program that says hello.
    public static let hello = "package main\n\nfunc main() { println(\"hello\") }\n"

    /// Writes a module `example.com/m` of some files; a go.mod among them takes the place of the usual one.
    public init(_ files: [String: String] = ["main.go": hello]) throws {
        folder = try TemporaryFolder()
        try folder.write("module example.com/m\n\ngo 1.18\n", to: "go.mod")
        for (name, text) in files { try folder.write(text, to: name) }
    }

    /// Runs the built program in the module.
    public func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Execution {
        try Execution(Checkout.program, arguments, in: folder.url, environment: environment)
    }

    /// Runs `check` in the module.
    public func check(_ arguments: [String] = [], environment: [String: String] = [:]) throws -> Execution {
        try run(["check"] + arguments, environment: environment)
    }

    /// Makes a git repository of the module, with one commit and a tag.
    public func commit(tag: String = "v1.2.3") throws {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
        for arguments in [["init", "-q"], ["add", "-A"], ["commit", "-qm", "first"], ["tag", tag]] {
            let result = try Execution("git", identity + arguments, in: folder.url)
            guard result.status == 0 else { throw GitFailure(words: result.errors) }
        }
    }

    private struct GitFailure: Error {
        let words: String
    }

    /// Where a file of the module lies.
    public func path(_ name: String) -> String { folder.url.appending(path: name).path }

    /// Whether there is a file of that name.
    public func holds(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    /// The bytes of a file.
    public func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path(name)))) }

    /// A report as sorted JSON, without the times, which differ from run to run.
    public func reportWithoutTimes(_ name: String) throws -> String {
        var report = try json(name)
        report["binaries"] = (report["binaries"] as? [[String: Any]])?.map { binary in
            binary.filter { !["milliseconds", "sharedBuild"].contains($0.key) }
        }
        return String(
            decoding: try JSONSerialization.data(withJSONObject: report, options: [.sortedKeys]), as: UTF8.self)
    }

    /// A JSON document.
    public func json(_ name: String) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(bytes(name))) as? [String: Any] ?? [:]
    }
}
