/// Names, each terminated by a zero byte.
struct NameTable: Sendable {
    let bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// Calls a body with each name that is terminated and not empty.
    func forEach(_ body: (Slice<UnsafeRawBufferPointer>) -> Void) {
        bytes.withUnsafeBytes { bytes in
            var start = 0
            func end(at place: Int) {
                if place > start { body(bytes[start..<place]) }
                start = place + 1
            }
            var place = 0
            while place + 8 <= bytes.count {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
                var zeros = NameTable.zeros(in: word)
                while zeros != 0 {
                    end(at: place + zeros.trailingZeroBitCount / 8)
                    zeros &= zeros - 1
                }
                place += 8
            }
            for last in place..<bytes.count where bytes[last] == 0 { end(at: last) }
        }
    }

    /// Sets the highest bit of each byte that is zero. Adding 0x7f to the low seven bits sets it unless they are all zero, and
    /// bytes from 0x80 have it already.
    private static func zeros(in word: UInt64) -> UInt64 {
        let low: UInt64 = 0x7f7f_7f7f_7f7f_7f7f
        return ~(((word & low) + low) | word | low)
    }
}
