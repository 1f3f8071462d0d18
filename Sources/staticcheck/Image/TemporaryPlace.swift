import Attestation
import FoundationEssentials
import SystemPackage

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
