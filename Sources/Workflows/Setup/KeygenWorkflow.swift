public import Attestation
import Files
public import SystemPackage

/// What `keygen` is asked for.
public struct KeygenRequest: Sendable {
    /// The name of the files without `.key` and `.pub`; a relative path starts from the working folder.
    public var name: String
    /// The kind of key.
    public var kind: SigningKey.Kind
    /// Whether existing files are overwritten.
    public var isForced: Bool

    /// Makes a request.
    public init(name: String, kind: SigningKey.Kind = .p256, isForced: Bool = false) {
        self.name = name
        self.kind = kind
        self.isForced = isForced
    }
}

/// Makes a key pair.
public enum KeygenWorkflow {
    /// Writes the private key, which only its owner can read, and the public key.
    ///
    /// - Returns: The files, named as in the request.
    /// - Throws: `KeyFailure.exists`, `UnusableOutput` if their folder does not exist, or `OutputError` if a file cannot be written.
    public static func run(_ request: KeygenRequest, in context: Context) throws -> [FilePath] {
        let names = [FilePath(request.name + ".key"), FilePath(request.name + ".pub")]
        let paths = names.map { context.folder.pushing($0) }
        let folder = paths[0].removingLastComponent()
        guard folder.isFolder else { throw UnusableOutput.noFolder(names[0].string, folder: folder) }
        for path in paths where !request.isForced && path.exists { throw KeyFailure.exists(path) }
        context.sealMemory()
        for path in paths where path.isFolder { throw OutputError(path, .system(.write, .isDirectory)) }
        let key = SigningKey(request.kind)
        // Both halves are on the disk before one of them takes the place of an old one.
        let staging = try StagingFolder(in: folder)
        defer { staging.remove() }
        let staged = paths.map { staging.path.appending($0.lastComponent?.string ?? "") }
        try AtomicFile.write(key.pem.utf8, to: staged[0], permissions: 0o600)
        try AtomicFile.write(key.verificationKey.pem.utf8, to: staged[1])
        for (file, path) in zip(staged, paths) { try rename(file, path) }
        return names
    }
}
