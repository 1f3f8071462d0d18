import Compression
import Files

/// How the tar archive of a layer is stored. All that depends on the compression is here: the media type, the magic number,
/// the writer and the reader.
///
/// Source: https://github.com/opencontainers/image-spec/blob/main/media-types.md and layer.md
public enum LayerCompression: String, Sendable, CaseIterable {
    /// The plain tar archive. No version of zlib can change its bytes.
    case none
    /// gzip (RFC 1952).
    case gzip
    /// zstd (RFC 8878).
    case zstd

    /// The media type of a layer that is stored this way.
    var mediaType: MediaType {
        mediaType(of: MediaType.tar.rawValue, separator: "+")
    }

    /// The media type of an archive that is stored this way.
    ///
    /// - Parameters:
    ///   - archive: The media type of the plain archive.
    ///   - separator: What stands before the name of the compression: `+` in OCI's media types, `.` in Docker's.
    private func mediaType(of archive: String, separator: String) -> MediaType {
        switch self {
        case .none: MediaType(rawValue: archive)
        case .gzip, .zstd: MediaType(rawValue: archive + separator + rawValue)
        }
    }

    /// Whether a media type is that of a layer. Clients look at the bytes for its compression, and refuse other types: an encrypted
    /// layer, for example.
    ///
    /// Source: containerd, images/mediatypes.go, IsLayerType.
    static func isLayer(_ type: MediaType) -> Bool {
        let archives = [
            (MediaType.tar.rawValue, "+"), ("application/vnd.oci.image.layer.nondistributable.v1.tar", "+"),
            ("application/vnd.docker.image.rootfs.diff.tar", "."),
            ("application/vnd.docker.image.rootfs.foreign.diff.tar", "."),
        ]
        return archives.contains { archive, separator in
            allCases.contains { $0.mediaType(of: archive, separator: separator) == type }
        }
    }

    /// The first bytes of every file that is stored this way.
    private var magic: [UInt8] {
        switch self {
        case .none: []
        case .gzip: [0x1f, 0x8b]
        case .zstd: [0x28, 0xb5, 0x2f, 0xfd]
        }
    }

    /// Recognises the compression by the bytes, as runtimes do; the media type may lie.
    ///
    /// - Throws: `FileError`.
    static func of(_ stored: StoredBytes) throws(FileError) -> LayerCompression {
        let start = try stored.bytes(at: 0, count: 4)
        return allCases.first { $0 != .none && start.starts(with: $0.magic) } ?? .none
    }

    /// The name of a compression that docker and podman unpack and containerd does not; nil for every other start of a file.
    ///
    /// - Throws: `FileError`.
    static func unsupported(of stored: StoredBytes) throws(FileError) -> String? {
        let start = try stored.bytes(at: 0, count: 6)
        if start.starts(with: Array("BZh".utf8)) { return "bzip2" }
        return start == [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0] ? "xz" : nil
    }

    /// Compresses a tar archive.
    ///
    /// - Throws: `CompressionError` if there is no memory.
    func stored(_ archive: [UInt8]) throws(CompressionError) -> [UInt8] {
        switch self {
        case .none: archive
        case .gzip: try Gzip.compressed(archive)
        case .zstd: try Zstd.compressed(archive)
        }
    }

    /// Reads a stored layer piece by piece.
    ///
    /// - Parameters:
    ///   - onStored: Gets each piece as it is stored.
    ///   - onUnpacked: Gets each piece of the tar archive. What it throws ends the reading.
    /// - Throws: `CompressionError` for damaged or truncated data, `FileError`, `CancellationError`.
    func read(
        _ stored: StoredBytes, onStored: (ArraySlice<UInt8>) -> Void, onUnpacked: (ArraySlice<UInt8>) throws -> Void
    ) throws {
        switch self {
        case .none:
            try stored.stream { piece in
                onStored(piece[...])
                try onUnpacked(piece[...])
            }
        case .gzip: try decompress(stored, by: GzipReader.self, onStored: onStored, onUnpacked: onUnpacked)
        case .zstd: try decompress(stored, by: ZstdReader.self, onStored: onStored, onUnpacked: onUnpacked)
        }
    }

    private func decompress<Reader: Decompressor & ~Copyable>(
        _ stored: StoredBytes, by _: Reader.Type, onStored: (ArraySlice<UInt8>) -> Void,
        onUnpacked: (ArraySlice<UInt8>) throws -> Void
    ) throws {
        var reader = try Reader()
        try stored.stream { piece in
            onStored(piece[...])
            try reader.read(piece, onUnpacked)
        }
        try reader.finish()
    }
}
