public import SystemPackage

/// Writes files whole or not at all: beside their place, then renamed into it.
public enum AtomicFile {
    /// Replaces a file.
    ///
    /// - Parameters:
    ///   - bytes: The new content.
    ///   - path: The file; its folder must exist.
    ///   - permissions: The bits of a new file, of which the process's mask takes some away.
    /// - Throws: `OutputError` with the path and the system's reason; nothing is left beside the file then.
    public static func write(_ bytes: some Sequence<UInt8>, to path: FilePath, permissions: UInt32 = 0o644)
        throws(OutputError)
    {
        let name = path.lastComponent?.string ?? "file"
        let temporary = path.removingLastComponent().appending(TemporaryName.make(".\(name).") + ".tmp")
        do {
            let descriptor = try FileDescriptor.open(
                temporary, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: FilePermissions(rawValue: CModeT(permissions)))
            do {
                try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
                try rename(temporary, path)
            } catch {
                try? remove(temporary)
                throw error
            }
        } catch {
            throw OutputError(path: path, action: "write", reason: "\(error)")
        }
    }
}

/// Why a file could not be written, moved or removed.
public struct OutputError: Error, Sendable, CustomStringConvertible {
    /// The file.
    public let path: FilePath
    /// What was tried: `write`, `remove`.
    public let action: String
    /// The system's reason.
    public let reason: String

    /// Makes an error.
    public init(path: FilePath, action: String, reason: String) {
        self.path = path
        self.action = action
        self.reason = reason
    }

    /// The path, what was tried, and the reason.
    public var description: String { "\(path): cannot \(action): \(reason)" }
}
