import CZlib

/// gzip (RFC 1952), the same bytes for the same input: no time and no name in its header.
public enum Gzip {
    /// The level of compression: of a Go program the highest leaves three thousandths less, and takes thrice the time.
    static let level: Int32 = 6

    /// Compresses bytes.
    ///
    /// - Throws: `CompressionError` where there is no memory.
    public static func compressed(_ bytes: [UInt8]) throws(CompressionError) -> [UInt8] {
        let stream = try ZlibStream.deflating(level: level)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count / 2)
        var chunk = [UInt8](repeating: 0, count: 1 << 17)
        var place = 0
        while true {
            // A step takes 64 MiB at the most, so that only the last piece may end the stream.
            let rest = bytes[place...]
            let step = stream.deflate(rest, into: &chunk, isLast: rest.count <= 1 << 26)
            place += step.used
            output += chunk[..<step.made]
            if step.status == Z_STREAM_END { return output }
            guard step.status == Z_OK else { throw .init("cannot compress (zlib code \(step.status))") }
        }
    }
}

/// Why data cannot be compressed or decompressed.
public struct CompressionError: Error, Sendable, CustomStringConvertible {
    /// The message.
    public let description: String

    init(_ description: String) { self.description = description }
}
