public import SystemPackage

/// A file without a name that bytes are written to, so that nothing is left behind however the run ends.
public struct Spool: ~Copyable {
    private let descriptor: FileDescriptor
    private let path: FilePath
    private var isHandedOver = false

    /// Creates an empty file and removes its name at once.
    ///
    /// - Parameter base: The folder in which it is created.
    /// - Throws: `OutputError` with the path and the system's reason.
    public init(in base: FilePath = TemporaryPlace.base) throws(OutputError) {
        path = base.appending(TemporaryName.make(".staticcheck-"))
        do { descriptor = try FileDescriptor.create(path, permissions: 0o600, .readWrite) } catch {
            throw OutputError(path, .createTemporary, error)
        }
        try? remove(path)
    }

    /// Appends bytes.
    ///
    /// - Throws: `OutputError`, for example if the disk is full.
    public mutating func append(_ bytes: ArraySlice<UInt8>) throws(OutputError) {
        do { _ = try descriptor.writeAll(bytes) } catch { throw OutputError(path, .write, error) }
    }

    /// Ends the writing and returns the bytes for reading.
    public consuming func finished() throws(FileError) -> StoredBytes {
        isHandedOver = true
        return try StoredBytes(unnamed: descriptor)
    }

    /// Ends the writing and returns the open file, at its beginning. The caller closes it.
    ///
    /// - Throws: `OutputError` if the file cannot be rewound.
    public consuming func rewound() throws(OutputError) -> FileDescriptor {
        do { try descriptor.seek(offset: 0, from: .start) } catch { throw OutputError(path, .write, error) }
        isHandedOver = true
        return descriptor
    }

    deinit {
        if !isHandedOver { try? descriptor.close() }
    }
}
