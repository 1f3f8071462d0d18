public import SystemPackage

/// Writes whole files or nothing: into a temporary file in the same folder, which is then renamed.
public enum AtomicFile {
    /// Replaces a file.
    ///
    /// A reader sees the old content or the new, never a part. Data is not synced to the disk.
    ///
    /// - Parameters:
    ///   - bytes: The new content.
    ///   - path: The file. Its folder must exist. A symbolic link is replaced, not followed.
    ///   - permissions: The permission bits of the new file, less the process's umask.
    /// - Throws: `OutputError`. The old file is then unchanged, and the temporary file is removed.
    public static func write(_ bytes: some Sequence<UInt8>, to path: FilePath, permissions: UInt32 = 0o644)
        throws(OutputError)
    {
        let name = path.lastComponent?.string ?? "file"
        let temporary = path.removingLastComponent().appending(TemporaryName.make(".\(name).") + ".tmp")
        do {
            let descriptor = try FileDescriptor.create(temporary, permissions: permissions)
            do {
                try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
                try rename(temporary, path)
            } catch {
                try? remove(temporary)
                throw error
            }
        } catch let error as OutputError {
            throw error
        } catch {
            throw OutputError(path, .write, error)
        }
    }
}
