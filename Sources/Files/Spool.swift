internal import FoundationEssentials
internal import SystemPackage

/// Bytes that are written to a file without a name, so that nothing of them is left however the run ends.
public struct Spool: ~Copyable {
    private let descriptor: FileDescriptor
    private var isHandedOver = false

    /// Makes an empty file among the temporary ones and removes its name.
    public init() throws {
        let path = TemporaryPlace.base.appending(TemporaryName.make(".staticcheck-"))
        descriptor = try FileDescriptor.open(
            path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite)
        try? remove(path)
    }

    /// Appends bytes.
    public mutating func append(_ bytes: ArraySlice<UInt8>) throws { _ = try descriptor.writeAll(bytes) }

    /// Ends the writing and gives the bytes to be read.
    public consuming func finished() throws(FileError) -> StoredBytes {
        isHandedOver = true
        return try StoredBytes(unnamed: descriptor)
    }

    deinit {
        if !isHandedOver { try? descriptor.close() }
    }
}
