/// Why data cannot be compressed or decompressed.
public enum CompressionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The library cannot allocate its state.
    case noMemory(CompressionFormat)
    /// The library cannot compress. The reason is a code of zlib.h or zstd's own words.
    case compressing(CompressionFormat, reason: String)
    /// The data is of another format, or damaged, at some byte of the compressed data.
    case damaged(CompressionFormat, offset: Int, reason: String)
    /// The data ends before the stream does.
    case truncated(CompressionFormat, count: Int)

    /// What is wrong, and where.
    public var description: String {
        switch self {
        case .noMemory(let format): "not enough memory for \(format)"
        case .compressing(let format, let reason): "cannot compress with \(format) (\(reason))"
        case .damaged(let format, let offset, let reason):
            "not a \(format) stream, or a damaged one, near byte \(offset) of the compressed data (\(reason))"
        case .truncated(let format, let count): "the \(format) stream is truncated: it ends at byte \(count)"
        }
    }
}

/// A format of compressed data.
public enum CompressionFormat: String, Sendable, Hashable, CustomStringConvertible {
    case gzip, zstd, deflate

    /// The name.
    public var description: String { rawValue }
}
