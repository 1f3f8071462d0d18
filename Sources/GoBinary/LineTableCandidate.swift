import ELF

/// Bytes that look like a line table: a magic number, and offsets that fit.
struct LineTableCandidate {
    let address: UInt64
    let functionNames: ArraySlice<UInt8>
    let fileNames: ArraySlice<UInt8>
    let functionTable: FunctionTable?

    static func all(in image: ELFImage) -> [LineTableCandidate] {
        var candidates: [LineTableCandidate] = []
        for load in image.loads where candidates.count < 64 {
            for offset in LineTableMagic(image.header).offsets(in: load) {
                if let candidate = LineTableCandidate(load.dropFirst(offset), image.header) {
                    candidates.append(candidate)
                }
            }
        }
        return candidates
    }

    /// Looks at one place of the file.
    init?(in image: ELFImage, at offset: Int) {
        guard let rest = image.loaded(fromByteAt: offset), LineTableMagic(image.header).begins(rest) else { return nil }
        self.init(rest, image.header)
    }

    private init?(_ start: LoadedBytes, _ header: ELFHeader) {
        let words = WordReader(start.bytes, header)
        guard let offsets = words.nameOffsets, offsets[3] <= UInt64(start.bytes.count) else { return nil }
        let places = offsets.map { start.bytes.startIndex + Int($0) }
        address = start.address
        functionNames = start.bytes[places[0]..<places[1]]
        fileNames = start.bytes[places[2]..<places[3]]
        functionTable = FunctionTable(
            start.bytes, count: words.word(at: 8), offset: words.word(at: 8 + 7 * words.wordSize),
            byteOrder: words.byteOrder)
    }

    /// The first whose address an aligned word of writable data holds, as `runtime.firstmoduledata` does.
    static func referenced(among candidates: [LineTableCandidate], in image: ELFImage) -> LineTableCandidate? {
        let addresses = candidates.map(\.address)
        guard let lowest = addresses.min(), let highest = addresses.max() else { return nil }
        for load in image.loads where load.flags.contains(.writable) {
            let found = WordReader(load.bytes, image.header).first {
                $0 >= lowest && $0 <= highest && addresses.contains($0)
            }
            if let found { return candidates.first { $0.address == found } }
        }
        return nil
    }
}

/// How every line table begins: a magic number (0xfffffff0 of Go 1.18 and 1.19, 0xfffffff1 since), two zero bytes, the size of
/// an instruction and that of a word.
private struct LineTableMagic {
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

    /// Whether loaded bytes begin so.
    func begins(_ load: LoadedBytes) -> Bool { offsets(in: load, limit: 1).first == 0 }

    /// Where it stands, at the addresses of words.
    func offsets(in load: LoadedBytes, limit: Int = .max) -> [Int] {
        let wordSize = wordSize
        let (wanted, last) = (wanted, last)
        // All but the size of an instruction is compared at once.
        let mask = ~(UInt64(0xff) << 48)
        return load.bytes.withUnsafeBytes { bytes in
            var offsets: [Int] = []
            var offset = (wordSize - Int(load.address % UInt64(wordSize))) % wordSize
            let end = min(bytes.count - 8, limit)
            while offset < end {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                if (word | last) & mask == wanted, [1, 2, 4].contains(bytes[offset + 6]) {
                    offsets.append(offset)
                    if offsets.count == 64 { break }
                }
                offset += wordSize
            }
            return offsets
        }
    }
}
