import ELF

/// The first eight bytes of every line table: a magic number (0xfffffff0 in Go 1.18 and 1.19, 0xfffffff1 since Go 1.20), two zero
/// bytes, the size of an instruction and the size of a word.
struct LineTableMagic: Sendable {
    private let wordSize: Int
    private let wanted: UInt64
    /// The bit that tells the two magic numbers apart.
    private let last: UInt64

    init(_ header: ELFHeader) {
        let isLittle = header.byteOrder == .little
        let magic: [UInt8] = isLittle ? [0xf1, 0xff, 0xff, 0xff] : [0xff, 0xff, 0xff, 0xf1]
        wordSize = header.elfClass.bits / 8
        wanted = (magic + [0, 0, 0, UInt8(wordSize)]).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        last = isLittle ? 1 : 1 << 24
    }

    /// Whether loaded bytes begin with it.
    func begins(_ load: LoadedBytes) -> Bool {
        load.address % UInt64(wordSize) == 0 && load.bytes.withUnsafeBytes { $0.count > 8 && isAt(0, in: $0) }
    }

    /// The offsets at which it occurs, at addresses that are multiples of the word size.
    func offsets(in load: LoadedBytes) -> [Int] {
        load.bytes.withUnsafeBytes { bytes in
            var offsets: [Int] = []
            var offset = (wordSize - Int(load.address % UInt64(wordSize))) % wordSize
            let end = bytes.count - 8
            while offset < end, offsets.count < LineTablePlaces.maximum {
                if mayFollow(offset, in: bytes) {
                    for place in stride(from: offset, to: min(offset + LineTableMagic.blockSize, end), by: wordSize)
                    where offsets.count < LineTablePlaces.maximum && isAt(place, in: bytes) {
                        offsets.append(place)
                    }
                }
                offset += LineTableMagic.blockSize
            }
            return offsets
        }
    }

    private typealias Lanes = SIMD16<UInt32>
    private static let blockSize = MemoryLayout<Lanes>.size

    /// Whether one of the next 16 words may be a magic number; all are compared together.
    private func mayFollow(_ offset: Int, in bytes: UnsafeRawBufferPointer) -> Bool {
        guard offset + LineTableMagic.blockSize <= bytes.count else { return true }
        let lanes = bytes.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
        return any((lanes | UInt32(truncatingIfNeeded: last)) .== Lanes(repeating: UInt32(truncatingIfNeeded: wanted)))
    }

    private func isAt(_ offset: Int, in bytes: UnsafeRawBufferPointer) -> Bool {
        let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        // Compares everything except the size of an instruction.
        let mask = ~(UInt64(0xff) << 48)
        return (word | last) & mask == wanted && [1, 2, 4].contains(bytes[offset + 6])
    }
}
