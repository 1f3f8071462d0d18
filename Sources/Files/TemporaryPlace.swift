internal import Glibc
public import SystemPackage

/// A name that no other process picks, for files that are not finished.
public enum TemporaryName {
    /// Makes a random name.
    ///
    /// - Parameter prefix: What the name starts with.
    public static func make(_ prefix: String = "") -> String {
        prefix + String(UInt64.random(in: .min ... .max), radix: 36)
    }
}

/// A private temporary folder that is removed when the work is done.
public enum TemporaryPlace {
    /// The folder for temporary files, an absolute path: TMPDIR, or `/tmp` (POSIX.1, Environment Variables).
    ///
    /// This is the only variable that library modules read. It is the default of parameters.
    public static var base: FilePath {
        guard let text = unsafe getenv("TMPDIR"), unsafe text.pointee != 0 else { return "/tmp" }
        let path = unsafe FilePath(String(cString: text))
        guard path.isRelative, let folder = unsafe getcwd(nil, 0) else { return path }
        defer { unsafe free(folder) }
        return unsafe FilePath(String(cString: folder)).pushing(path)
    }

    /// Calls a body with a new folder that only this user may enter. The folder is removed afterwards, also after an error.
    ///
    /// - Parameter base: The folder in which it is created.
    /// - Throws: `OutputError` if the folder cannot be created; what the body throws.
    public static func with<Result>(
        in base: FilePath = base, _ body: (FilePath) async throws -> Result
    ) async throws -> Result {
        let folder = base.appending(TemporaryName.make("staticcheck-"))
        try Folder.createNew(folder, permissions: 0o700)
        defer { try? Folder.removeTree(folder) }
        return try await body(folder)
    }
}
