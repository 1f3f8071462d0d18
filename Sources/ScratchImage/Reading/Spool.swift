import Attestation
import FoundationEssentials
import SystemPackage

/// Decompressed bytes in a file among the temporary ones that has no name any more, so that nothing is left of it.
struct Spool: ~Copyable {
    private let descriptor: FileDescriptor
    private var size = 0
    private var isHandedOver = false

    init() throws {
        let path = FilePath(FileManager.default.temporaryDirectory.path)
            .appending(TemporaryName.make(".staticcheck-"))
        descriptor = try FileDescriptor.open(
            path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite)
        try? remove(path)
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) throws {
        _ = try descriptor.writeAll(bytes)
        size += bytes.count
    }

    consuming func finished() -> StoredBytes {
        isHandedOver = true
        return StoredBytes(SharedFile(descriptor, size: size))
    }

    deinit {
        if !isHandedOver { try? descriptor.close() }
    }
}
