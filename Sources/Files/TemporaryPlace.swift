internal import FoundationEssentials
public import SystemPackage

/// A name that no other process chooses, for what is not finished.
public enum TemporaryName {
    /// Makes a name.
    ///
    /// - Parameter prefix: What it begins with.
    public static func make(_ prefix: String = "") -> String {
        prefix + String(UInt64.random(in: .min ... .max), radix: 36)
    }
}

/// A folder of its own among the temporary files, which is removed when the work is done.
public enum TemporaryPlace {
    /// The folder for temporary files: that of TMPDIR, else /tmp.
    static var base: FilePath { FilePath(FileManager.default.temporaryDirectory.path) }

    /// Runs a body with the folder.
    public static func with<Result>(_ body: (FilePath) async throws -> Result) async throws -> Result {
        let folder = base.appending(TemporaryName.make("staticcheck-"))
        try FileManager.default.createDirectory(
            atPath: folder.string, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder.string) }
        return try await body(folder)
    }
}
