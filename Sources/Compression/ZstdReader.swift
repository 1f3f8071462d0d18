import CZstd

/// Decompresses zstd (RFC 8878) piece by piece, so that the output never has to be in memory at once.
///
/// Frames may follow each other, and skippable frames, in which zstd:chunked keeps its table of contents, give no output. A
/// window of more than 128 MiB is refused, as by the zstd program, because it is kept in memory.
@safe public struct ZstdReader: Decompressor, ~Copyable {
    private let context: OpaquePointer
    private var isAtEnd = false
    /// Bytes of input so far.
    private var place = 0
    private var chunk = [UInt8](repeating: 0, count: 1 << 17)

    /// Starts a stream.
    ///
    /// - Throws: `CompressionError` if there is no memory.
    public init() throws(CompressionError) {
        guard let context = unsafe ZSTD_createDCtx() else { throw .noMemory(.zstd) }
        unsafe self.context = context
    }

    deinit { unsafe ZSTD_freeDCtx(context) }

    /// Decompresses the next piece of input.
    ///
    /// - Parameters:
    ///   - input: The piece.
    ///   - receive: Gets each piece of output, at most 128 KiB. What it throws ends the work.
    /// - Throws: `CompressionError` for damaged data, or the error of `receive`.
    public mutating func read(_ input: [UInt8], _ receive: (ArraySlice<UInt8>) throws -> Void) throws {
        var used = 0
        while true {
            let (status, taken, made) = step(input, from: used)
            used += taken
            place += taken
            guard ZSTD_isError(status) == 0 else { throw failure(status) }
            // 0 is the end of a frame that was also put out whole; without input it is the answer between two frames.
            if taken > 0 || made > 0 { isAtEnd = status == 0 }
            if made > 0 { try receive(chunk[..<made]) }
            if used == input.count, made < chunk.count { return }
        }
    }

    /// Makes sure that the stream is complete.
    ///
    /// - Throws: `CompressionError.truncated`.
    public func finish() throws(CompressionError) {
        guard isAtEnd else { throw .truncated(.zstd, count: place) }
    }

    private mutating func step(_ input: [UInt8], from start: Int) -> (status: Int, taken: Int, made: Int) {
        unsafe input.withUnsafeBytes { source in
            unsafe chunk.withUnsafeMutableBytes { target in
                var source = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: start)
                var target = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
                let status = unsafe ZSTD_decompressStream(context, &target, &source)
                return unsafe (status, source.pos - start, target.pos)
            }
        }
    }

    private func failure(_ status: Int) -> CompressionError {
        guard ZSTD_getErrorCode(status) != ZSTD_error_memory_allocation else { return .noMemory(.zstd) }
        return .damaged(.zstd, offset: place, reason: Zstd.reason(status))
    }
}
