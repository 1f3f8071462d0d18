package import ELF
import Files

/// The places of a program where a line table may begin, found piece by piece.
package struct LineTablePlaces: Sendable {
    /// The offsets in the file, in ascending order, for each of the image's loads.
    private(set) var offsets: [[Int]]
    private let magic: LineTableMagic

    /// At most so many places of a segment are tried; no Go program has more than a few.
    static let maximum = 64

    /// How many bytes two pieces must have in common so that every place is found: the magic number's eight, and one more.
    package static let overlap = 9

    /// Starts a search.
    package init(of image: ELFImage) {
        offsets = image.loads.map { _ in [] }
        magic = LineTableMagic(image.header)
    }

    /// Looks at the next piece of one of the image's loads.
    package mutating func look(at piece: LoadedBytes, ofLoad index: Int) {
        for offset in magic.offsets(in: piece).map({ piece.offset + $0 })
        where offsets[index].count < LineTablePlaces.maximum && offset > offsets[index].last ?? -1 {
            offsets[index].append(offset)
        }
    }
}

/// Bytes that look like a line table: a magic number, and offsets that fit.
struct LineTableCandidate {
    let load: LoadedRange
    /// The offset in the file.
    let offset: Int
    let address: UInt64
    /// Offsets from the start: of the function names and their end, of the file names and their end.
    let names: [Int]
    let byteOrder: ByteOrder
    let functionCount: UInt64?
    let functionOffset: UInt64?

    /// More than the header of a table.
    private static let headSize = 128

    /// Reads the header at each place, segment by segment, until there are many candidates.
    static func all<Source: ByteSource & ~Copyable>(
        in image: ELFImage, at offsets: [[Int]], _ source: borrowing Source
    ) throws(FileError) -> [LineTableCandidate] {
        let magic = LineTableMagic(image.header)
        var candidates: [LineTableCandidate] = []
        for (load, places) in zip(image.loads, offsets) where candidates.count < LineTablePlaces.maximum {
            for place in places {
                let head = try load.bytes(from: place, count: headSize, of: source)
                guard magic.begins(head), let candidate = LineTableCandidate(head, in: load, image.header) else {
                    continue
                }
                candidates.append(candidate)
            }
        }
        return candidates
    }

    private init?(_ head: LoadedBytes, in load: LoadedRange, _ header: ELFHeader) {
        let words = WordReader(head.bytes, header)
        let room = load.range.upperBound - head.offset
        guard let names = words.nameOffsets, names[3] <= UInt64(room) else { return nil }
        self.load = load
        offset = head.offset
        address = head.address
        self.names = names.map { Int($0) }
        byteOrder = header.byteOrder
        functionCount = words.word(at: 8)
        functionOffset = words.word(at: 8 + 7 * words.wordSize)
    }

    /// The first candidate whose address an aligned word of writable data holds, as `runtime.firstmoduledata` does.
    static func referenced(
        among candidates: [LineTableCandidate], in writable: [LoadedBytes], _ header: ELFHeader
    ) -> LineTableCandidate? {
        let addresses = candidates.map(\.address)
        guard let lowest = addresses.min(), let highest = addresses.max() else { return nil }
        for load in writable {
            let found = WordReader(load.bytes, header).first {
                $0 >= lowest && $0 <= highest && addresses.contains($0)
            }
            if let found { return candidates.first { $0.address == found } }
        }
        return nil
    }
}

/// Reads words of the target's size and byte order.
struct WordReader {
    private let reader: ByteReader
    let wordSize: Int

    init(_ bytes: ArraySlice<UInt8>, _ header: ELFHeader) {
        reader = ByteReader(bytes, header.byteOrder)
        wordSize = header.elfClass.bits / 8
    }

    func word(at offset: Int) -> UInt64? { reader.number(at: offset, size: wordSize) }

    /// Where the name tables of a line table begin, and where the last of them ends; nil for impossible offsets.
    var nameOffsets: [UInt64]? {
        let offsets = (3...6).compactMap { word(at: 8 + $0 * wordSize) }
        guard offsets.count == 4, offsets[0] >= UInt64(8 + 7 * wordSize), offsets == offsets.sorted() else {
            return nil
        }
        return offsets
    }

    /// The first word, of all but the last, that satisfies a predicate.
    func first(where isWanted: (UInt64) -> Bool) -> UInt64? {
        reader.bytes.withUnsafeBytes { bytes in
            for offset in stride(from: 0, to: bytes.count - wordSize, by: wordSize) {
                let word =
                    wordSize == 8
                    ? bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                    : UInt64(bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
                let value = reader.byteOrder == .little ? word : word.byteSwapped >> UInt64(64 - 8 * wordSize)
                if isWanted(value) { return value }
            }
            return nil
        }
    }
}
