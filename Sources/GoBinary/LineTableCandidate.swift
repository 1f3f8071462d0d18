import ELF

/// Bytes that look like a line table: a magic number, and offsets that fit.
struct LineTableCandidate {
    let address: UInt64
    let functionNames: ArraySlice<UInt8>
    let fileNames: ArraySlice<UInt8>
    let functionTable: FunctionTable?

    /// Looks through a file that was read whole.
    static func all(in image: ELFImage) -> [LineTableCandidate] {
        let magic = LineTableMagic(image.header)
        return all(in: image.loads.lazy.map { load in magic.offsets(in: load).map(load.dropFirst) }, image.header)
    }

    /// Looks at some places of a file, where it was read from there on.
    static func all(in image: ELFImage, at places: [Int]) -> [LineTableCandidate] {
        let magic = LineTableMagic(image.header)
        return all(in: image.loads(fromBytesAt: places).map { $0.filter(magic.begins) }, image.header)
    }

    /// Takes what begins like a table, segment by segment, until there are many.
    private static func all(
        in segments: some Sequence<[LoadedBytes]>, _ header: ELFHeader
    ) -> [LineTableCandidate] {
        var candidates: [LineTableCandidate] = []
        for starts in segments where candidates.count < LineTable.maximumPlaces {
            candidates += starts.compactMap { LineTableCandidate($0, header) }
        }
        return candidates
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
