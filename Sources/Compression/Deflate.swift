import CZlib

/// Data that is compressed with deflate (RFC 1951) and has no frame, as in zip archives.
public enum Deflate {
    /// Decompresses data whose size is known.
    ///
    /// - Parameters:
    ///   - bytes: The whole stream.
    ///   - size: The size of the decompressed data. Not more memory is used, whatever the stream holds.
    /// - Throws: `CompressionError` if the stream is damaged or truncated, or its data has another size.
    public static func decompressed(_ bytes: [UInt8], size: Int) throws(CompressionError) -> [UInt8] {
        let stream = try ZlibStream.inflatingBare()
        var output = [UInt8](repeating: 0, count: size)
        // One byte more shows that there is more data than that.
        var chunk = [UInt8](repeating: 0, count: 1)
        let step = stream.inflate(bytes[...], into: &output)
        switch step.status {
        case Z_STREAM_END where step.made == size && step.used == bytes.count: return output
        case Z_OK, Z_BUF_ERROR:
            let rest = stream.inflate(bytes[step.used...], into: &chunk)
            guard step.made == size, rest.status == Z_STREAM_END, rest.made == 0, step.used + rest.used == bytes.count
            else { throw wrong(step.used, rest.status == Z_BUF_ERROR ? "it ends early" : "its size is not \(size)") }
            return output
        default: throw wrong(step.used, "zlib code \(step.status), or its size is not \(size)")
        }
    }

    /// The CRC-32 of bytes, as zip archives and gzip hold it.
    public static func checksum(of bytes: [UInt8]) -> UInt32 {
        unsafe bytes.withUnsafeBufferPointer {
            UInt32(truncatingIfNeeded: unsafe crc32_z(0, $0.baseAddress, $0.count))
        }
    }

    private static func wrong(_ offset: Int, _ reason: String) -> CompressionError {
        .damaged(.deflate, offset: offset, reason: reason)
    }
}
