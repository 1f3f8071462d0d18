/// Decompresses one format piece by piece, so that neither input nor output has to be in memory at once.
public protocol Decompressor: ~Copyable {
    /// Starts a stream.
    ///
    /// - Throws: `CompressionError` if there is not enough memory.
    init() throws(CompressionError)

    /// Decompresses the next piece of input.
    ///
    /// - Parameters:
    ///   - input: The piece.
    ///   - receive: Gets each piece of output, at most 128 KiB. What it throws ends the work.
    /// - Throws: `CompressionError` for damaged data, or the error of `receive`.
    mutating func read(_ input: [UInt8], _ receive: (ArraySlice<UInt8>) throws -> Void) throws

    /// Makes sure that the stream is complete.
    ///
    /// - Throws: `CompressionError.truncated`.
    func finish() throws(CompressionError)
}
