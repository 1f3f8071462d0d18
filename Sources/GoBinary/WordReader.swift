import ELF

/// Reads words of the target's size and byte order.
struct WordReader {
    let bytes: ArraySlice<UInt8>
    let wordSize: Int
    let byteOrder: ByteOrder

    init(_ bytes: ArraySlice<UInt8>, _ header: ELFHeader) {
        self.bytes = bytes
        wordSize = header.elfClass.bits / 8
        byteOrder = header.byteOrder
    }

    func word(at offset: Int) -> UInt64? {
        guard offset >= 0, offset <= bytes.count - wordSize else { return nil }
        let start = bytes.startIndex + offset
        var value: UInt64 = 0
        for index in 0..<wordSize {
            let place = byteOrder == .big ? start + index : start + wordSize - 1 - index
            value = value << 8 | UInt64(bytes[place])
        }
        return value
    }

    /// Where the name tables of a line table begin, and where the last of them ends; nil where that cannot be.
    var nameOffsets: [UInt64]? {
        let offsets = (3...6).compactMap { word(at: 8 + $0 * wordSize) }
        guard offsets.count == 4, offsets[0] >= UInt64(8 + 7 * wordSize), offsets == offsets.sorted() else {
            return nil
        }
        return offsets
    }

    /// The first word, of all but the last, that is as asked for.
    func first(where isWanted: (UInt64) -> Bool) -> UInt64? {
        bytes.withUnsafeBytes { bytes in
            for offset in stride(from: 0, to: bytes.count - wordSize, by: wordSize) {
                let word =
                    wordSize == 8
                    ? bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                    : UInt64(bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
                let value = byteOrder == .little ? word : word.byteSwapped >> UInt64(64 - 8 * wordSize)
                if isWanted(value) { return value }
            }
            return nil
        }
    }
}
