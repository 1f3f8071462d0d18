import CZlib

/// The state of zlib. It has a fixed address, because zlib stores a pointer to it.
@safe struct ZlibStream: ~Copyable {
    private let pointer: UnsafeMutablePointer<z_stream>
    private let end: (UnsafeMutablePointer<z_stream>) -> Int32

    /// The result of one call.
    struct Step {
        let status: Int32
        /// How many bytes of input were used.
        let used: Int
        /// How many bytes of output were made.
        let made: Int
    }

    /// For data without a frame.
    static func deflatingBare(level: Int32) throws(CompressionError) -> ZlibStream {
        try unsafe ZlibStream({ unsafe czlib_deflate_bare_init($0, level) }, { unsafe deflateEnd($0) })
    }

    static func inflating() throws(CompressionError) -> ZlibStream {
        try unsafe ZlibStream({ unsafe czlib_inflate_init($0) }, { unsafe inflateEnd($0) })
    }

    /// For data without a frame.
    static func inflatingBare() throws(CompressionError) -> ZlibStream {
        try unsafe ZlibStream({ unsafe czlib_inflate_bare_init($0) }, { unsafe inflateEnd($0) })
    }

    private init(
        _ start: (UnsafeMutablePointer<z_stream>) -> Int32, _ end: @escaping (UnsafeMutablePointer<z_stream>) -> Int32
    ) throws(CompressionError) {
        unsafe pointer = .allocate(capacity: 1)
        unsafe pointer.initialize(to: z_stream())
        unsafe self.end = end
        guard unsafe start(pointer) == Z_OK else { throw .noMemory(.gzip) }
    }

    deinit {
        _ = unsafe end(pointer)
        unsafe pointer.deallocate()
    }

    /// Tells what comes before the data, so that the data can refer to it.
    func remember(_ bytes: ArraySlice<UInt8>) {
        _ = unsafe bytes.withUnsafeBufferPointer {
            unsafe deflateSetDictionary(pointer, $0.baseAddress, UInt32($0.count))
        }
    }

    /// - Parameter flush: How the output ends, for example `Z_FINISH` (zlib.h, deflate).
    func deflate(_ input: ArraySlice<UInt8>, into output: inout [UInt8], flush: Int32) -> Step {
        unsafe step(input, into: &output) { unsafe CZlib.deflate($0, flush) }
    }

    /// The largest size that so many bytes can have after one call.
    func bound(_ count: Int) -> Int {
        // A flush adds an empty block, which the bound leaves out.
        Int(unsafe deflateBound(pointer, UInt(count))) + 16
    }

    func inflate(_ input: ArraySlice<UInt8>, into output: inout [UInt8]) -> Step {
        unsafe step(input, into: &output) { unsafe CZlib.inflate($0, Z_NO_FLUSH) }
    }

    /// Starts the next member of a file.
    func restart() -> Bool { unsafe inflateReset(pointer) == Z_OK }

    private func step(
        _ input: ArraySlice<UInt8>, into output: inout [UInt8], _ call: (UnsafeMutablePointer<z_stream>) -> Int32
    ) -> Step {
        // zlib counts in 32 bits.
        let piece = input.prefix(1 << 26)
        return unsafe piece.withUnsafeBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                unsafe pointer.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                unsafe pointer.pointee.avail_in = UInt32(source.count)
                unsafe pointer.pointee.next_out = target.baseAddress
                unsafe pointer.pointee.avail_out = UInt32(target.count)
                let status = unsafe call(pointer)
                return unsafe Step(
                    status: status, used: source.count - Int(pointer.pointee.avail_in),
                    made: target.count - Int(pointer.pointee.avail_out))
            }
        }
    }
}
