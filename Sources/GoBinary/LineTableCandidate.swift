import ELF

/// Bytes that look like a line table: a magic number, and offsets that fit.
struct LineTableCandidate {
    let address: UInt64
    let functionNames: ArraySlice<UInt8>
    let fileNames: ArraySlice<UInt8>
    let functionTable: FunctionTable?

    static func all(in image: ELFImage) -> [LineTableCandidate] {
        var candidates: [LineTableCandidate] = []
        for load in image.loads where candidates.count < LineTable.maximumPlaces {
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
