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
        switch self {
        case .none: .tar
        case .gzip, .zstd: MediaType(rawValue: MediaType.tar.rawValue + "+" + rawValue)
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
