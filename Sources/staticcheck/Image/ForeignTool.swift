import Attestation
import FoundationEssentials
import Processes
import ScratchImage
import SystemPackage

/// A program of others that images are handed to.
struct ForeignTool: Sendable {
    let name: String
    private let executable: FilePath

    /// The first of some programs that is on PATH.
    ///
    /// - Throws: `ImageError` that names them, where none is.
    static func first(of names: [String], for purpose: String) throws(ImageError) -> ForeignTool {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        for name in names {
            if let executable = SearchPath.program(name, in: path) {
                return ForeignTool(name: name, executable: executable)
            }
        }
        throw ImageError("\(purpose) needs one of \(names.joined(separator: ", ")) on PATH, and there is none")
    }

    /// Runs it to its end.
    ///
    /// - Throws: `ImageError` with what it said, where it fails.
    @discardableResult
    func run(_ arguments: [String], in folder: FilePath) async throws -> String {
        let command = Command(
            executable: executable, arguments: arguments, environment: ProcessInfo.processInfo.environment,
            workingDirectory: folder)
        let outcome = try await ChildProcess.run(command)
        guard outcome.succeeded else {
            let said = outcome.errors.isEmpty ? outcome.ending : outcome.errors
            throw ImageError("\(name) \(arguments.joined(separator: " ")) failed:\n\(said)")
        }
        return outcome.output
    }
}

/// A folder of its own among the temporary files, which goes when the work is done.
enum TemporaryPlace {
    static func with<Result>(_ body: (FilePath) async throws -> Result) async throws -> Result {
        let base = FilePath(FileManager.default.temporaryDirectory.path)
        let folder = base.appending(TemporaryName.make("staticcheck-"))
        try FileManager.default.createDirectory(
            atPath: folder.string, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder.string) }
        return try await body(folder)
    }
}
