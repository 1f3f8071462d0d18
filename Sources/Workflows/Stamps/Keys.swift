public import Attestation
public import Configuration
import Files
public import SystemPackage

/// Reads keys from where command lines and configurations name them.
public enum KeyReading {
    /// Reads the private key that signs stamps. Other processes cannot read it: its variable is taken out of the environment, and
    /// the memory of this process is sealed.
    ///
    /// - Parameters:
    ///   - source: The key.
    ///   - folder: Where a relative path starts.
    public static func signingKey(_ source: KeySource, from folder: FilePath, in context: Context) throws(KeyFailure)
        -> SigningKey
    {
        let option = "--key \(source)"
        context.sealMemory()
        switch source {
        case .variable(let name):
            guard let text = context.secret(name) else { throw .noVariable(name) }
            return try naming(option) { () throws(KeyError) in try SigningKey(pem: text) }
        case .file(let name):
            // The message does not repeat the key, because logs keep messages.
            guard !name.contains("-----BEGIN") else { throw .keyOnCommandLine }
            return try naming(option) { () throws(KeyError) in
                try SigningKey(pem: try text(of: folder.pushing(FilePath(name)), isPrivate: true))
            }
        }
    }

    /// Reads the public keys of a file, whose stamps are trusted.
    ///
    /// - Parameter folder: Where a relative path starts.
    public static func verificationKeys(_ name: String, from folder: FilePath) throws(KeyFailure) -> [VerificationKey] {
        try naming("--trust \(name)") { () throws(KeyError) in
            try VerificationKey.keys(pem: try text(of: folder.pushing(FilePath(name)), isPrivate: false))
        }
    }

    private static func naming<Key>(
        _ option: String, _ body: () throws(KeyError) -> Key
    ) throws(KeyFailure) -> Key {
        do { return try body() } catch { throw .unusable(option: option, error) }
    }

    private static func text(of path: FilePath, isPrivate: Bool) throws(KeyError) -> String {
        let snapshot: FileSnapshot
        do { snapshot = try FileSnapshot(path) } catch { throw .unreadable(error) }
        guard snapshot.bytes.count <= 1 << 16, let text = String(validating: snapshot.bytes, as: UTF8.self) else {
            throw .notPEM
        }
        // Others may read a public key, which is refused for what it is.
        guard !isPrivate || snapshot.permissions & 0o077 == 0 || !text.contains("PRIVATE") else {
            throw .readableByOthers(mode: snapshot.permissions)
        }
        return text
    }
}

/// Why a key cannot be used or made.
public enum KeyFailure: Error, Sendable, CustomStringConvertible {
    /// The key that an option names cannot be read.
    case unusable(option: String, KeyError)
    /// `--key env:NAME` names a variable that is not set.
    case noVariable(String)
    /// The key itself is on the command line.
    case keyOnCommandLine
    /// `keygen` would overwrite a key.
    case exists(FilePath)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .unusable(let option, let error): "\(option): \(error)"
        case .noVariable(let name): "the key env:\(name): environment variable \(name) is not set"
        case .keyOnCommandLine:
            "--key takes a file or env:NAME, never the key itself: every user of a machine can read command lines"
        case .exists(let path): "\(path) already exists; --force overwrites it"
        }
    }
}
