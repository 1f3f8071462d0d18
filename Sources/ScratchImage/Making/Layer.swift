import Attestation

/// A layer: a tar archive, compressed or not, with the digests by which manifests and configurations refer to it.
///
/// Source: https://github.com/opencontainers/image-spec/blob/main/layer.md
public struct Layer: Sendable {
    /// The bytes as they are stored.
    let blob: [UInt8]
    /// The descriptor of the stored bytes.
    let descriptor: Descriptor
    /// The digest of the tar archive (config.md#layer-diffid).
    let diffID: Digest
    /// The size of the tar archive in bytes.
    public let unpackedSize: Int
    /// How the layer was made, for the history in the configuration.
    let origin: String
    /// The files that it holds, with their sizes in bytes, and the names in the stamps of renamed programs.
    public let files: [(path: String, size: Int, stampedName: String?)]

    /// Makes the layer of the files in a root.
    ///
    /// - Throws: `ImageMakingError.unverifiedProgram` for a program that the gate has not admitted.
    init(root entries: [TarEntry], time: Int, compression: LayerCompression) throws {
        if let stray = entries.first(where: \.isStray) { throw ImageMakingError.unverifiedProgram(path: stray.path) }
        try self.init(entries, origin: "staticcheck: what the program needs", time: time, compression: compression)
    }

    /// Makes the layer of a program, which only a binary that the gate has admitted can be.
    init(_ binary: StampedBinary, at path: String, time: Int, compression: LayerCompression) throws {
        try self.init(
            TarEntry.complete([.program(path, binary)]),
            origin: "staticcheck: the program, verified \(binary.digest.inOCI)", time: time,
            compression: compression)
    }

    private init(_ entries: [TarEntry], origin: String, time: Int, compression: LayerCompression) throws {
        let archive = TarWriter.archive(entries, time: time)
        diffID = Digest(of: archive)
        unpackedSize = archive.count
        blob = try compression.stored(archive)
        descriptor = Descriptor(
            compression.mediaType, digest: compression == .none ? diffID : Digest(of: blob), size: blob.count)
        files = entries.filter { $0.kind != .folder }.map { ($0.path, $0.content.count, $0.stampedName) }
        self.origin = origin
    }

    /// The digest of the stored bytes, `sha256:…`.
    public var digest: String { descriptor.digest }

    /// The stored size in bytes, which clients pull.
    public var size: Int { blob.count }
}
