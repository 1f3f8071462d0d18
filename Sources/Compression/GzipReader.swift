import CZlib

/// Decompresses gzip (RFC 1952) piece by piece, so that the output never has to be in memory at once.
public struct GzipReader: Decompressor, ~Copyable {
    private let stream: ZlibStream
    private var isAtEnd = false
    /// Bytes of input so far.
    private var place = 0
    private var chunk = [UInt8](repeating: 0, count: 1 << 17)

    /// Starts a stream.
    ///
    /// - Throws: `CompressionError` if there is no memory.
    public init() throws(CompressionError) { stream = try .inflating() }

    /// Decompresses the next piece of input.
    ///
    /// - Parameters:
    ///   - input: The piece.
    ///   - receive: Gets each piece of output, at most 128 KiB. What it throws ends the work.
    /// - Throws: `CompressionError` for damaged data, or the error of `receive`.
    public mutating func read(_ input: [UInt8], _ receive: (ArraySlice<UInt8>) throws -> Void) throws {
        var rest = input[...]
        while true {
            if isAtEnd {
                // A file may have several members (RFC 1952, section 2.2).
                guard !rest.isEmpty else { return }
                guard stream.restart() else { throw damaged(Z_STREAM_ERROR) }
                isAtEnd = false
            }
            let step = stream.inflate(rest, into: &chunk)
            rest = rest.dropFirst(step.used)
            place += step.used
            if step.made > 0 { try receive(chunk[..<step.made]) }
            switch step.status {
            case Z_STREAM_END: isAtEnd = true
            case Z_OK: if rest.isEmpty, step.made < chunk.count { return }
            case Z_BUF_ERROR: return
            default: throw damaged(step.status)
            }
        }
    }

    /// Makes sure that the stream is complete.
    ///
    /// - Throws: `CompressionError.truncated`.
    public func finish() throws(CompressionError) {
        guard isAtEnd else { throw .truncated(.gzip, count: place) }
    }

    private func damaged(_ code: Int32) -> CompressionError {
        .damaged(.gzip, offset: place, reason: "zlib code \(code)")
    }
}
