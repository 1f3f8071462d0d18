import CZlib

/// Decompresses gzip piece by piece, so that what a few bytes grow into never has to be in memory at once.
public struct GzipReader: ~Copyable {
    private let stream: ZlibStream
    private var isAtEnd = false
    private var chunk = [UInt8](repeating: 0, count: 1 << 17)

    /// Starts a stream.
    ///
    /// - Throws: `CompressionError` where there is no memory.
    public init() throws(CompressionError) { stream = try .inflating() }

    /// Decompresses the next piece of input.
    ///
    /// - Parameters:
    ///   - input: The piece.
    ///   - receive: Takes each piece of output, of a bounded size; what it throws ends the work.
    /// - Throws: `CompressionError` for what is no gzip, or what `receive` throws.
    public mutating func read(_ input: [UInt8], _ receive: (ArraySlice<UInt8>) throws -> Void) throws {
        var rest = input[...]
        while true {
            if isAtEnd {
                // Members may follow one another (RFC 1952, section 2.2).
                guard !rest.isEmpty else { return }
                guard stream.restart() else { throw CompressionError("cannot decompress") }
                isAtEnd = false
            }
            let step = stream.inflate(rest, into: &chunk)
            rest = rest.dropFirst(step.used)
            if step.made > 0 { try receive(chunk[..<step.made]) }
            switch step.status {
            case Z_STREAM_END: isAtEnd = true
            case Z_OK: if rest.isEmpty, step.made < chunk.count { return }
            case Z_BUF_ERROR: return
            default: throw CompressionError("it is no gzip stream, or a damaged one (zlib code \(step.status))")
            }
        }
    }

    /// Makes sure that the stream came to its end.
    ///
    /// - Throws: `CompressionError` where it is cut off.
    public func finish() throws(CompressionError) {
        guard isAtEnd else { throw .init("the gzip stream is cut off") }
    }
}
