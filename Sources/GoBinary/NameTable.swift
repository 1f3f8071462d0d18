/// Names, each ended by a zero byte.
struct NameTable: Sendable {
    let bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// Leads each name that has an end, and is not empty, to a body.
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

    /// The highest bit of each byte that is zero: adding 0x7f reaches it from all others but 0x80, which have it themselves.
    private static func zeros(in word: UInt64) -> UInt64 {
        let low: UInt64 = 0x7f7f_7f7f_7f7f_7f7f
        return ~(((word & low) + low) | word | low)
    }
}
