package import ELF
import Files

/// The places where a line table may begin in a program, found piece by piece.
package struct LineTablePlaces: Sendable {
    /// The offsets in the file in ascending order, for each load of the image.
    private(set) var offsets: [[Int]]
    private let magic: LineTableMagic

    /// At most this many places of a segment are tried. No Go program has more than a few.
    static let maximum = 64

    /// How many bytes two pieces must share so that no place is missed: the eight of the magic number and one more.
    package static let overlap = 9

    /// Starts a search.
    package init(of image: ELFImage) {
        offsets = image.loads.map { _ in [] }
        magic = LineTableMagic(image.header)
    }

    /// Searches the next piece of a load of the image.
    package mutating func look(at piece: LoadedBytes, ofLoad index: Int) {
        for offset in magic.offsets(in: piece).map({ piece.offset + $0 })
        where offsets[index].count < LineTablePlaces.maximum && offset > offsets[index].last ?? -1 {
            offsets[index].append(offset)
        }
    }
}

/// Bytes that look like a line table: a magic number, and offsets inside the segment.
struct LineTableCandidate {
    let load: LoadedRange
    /// The offset in the file.
    let offset: Int
    let address: UInt64
    /// Offsets from the start of the table: the start and end of the function names, the start and end of the file names.
    let names: [Int]
    let byteOrder: ByteOrder
    let functionCount: UInt64?
    let functionOffset: UInt64?

    /// The largest tables of names together, in bytes. Those of the largest Go programs have a quarter of that.
    private static let maximumNamesSize: UInt64 = 32 << 20
    /// Enough bytes for the header of a table.
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
        guard let names = words.nameOffsets, names[3] <= UInt64(room),
            names[3] <= LineTableCandidate.maximumNamesSize
        else { return nil }
        self.load = load
        offset = head.offset
        address = head.address
        self.names = names.map { Int($0) }
        byteOrder = header.byteOrder
        functionCount = words.word(at: 8)
        functionOffset = words.word(at: 8 + 7 * words.wordSize)
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

    /// The starts of the name tables of a line table and the end of the last; nil if the offsets are not ascending.
    var nameOffsets: [UInt64]? {
        let offsets = (3...6).compactMap { word(at: 8 + $0 * wordSize) }
        guard offsets.count == 4, offsets[0] >= UInt64(8 + 7 * wordSize), offsets == offsets.sorted() else {
            return nil
        }
        return offsets
    }

    /// The first word that satisfies a predicate.
    func first(where isWanted: (UInt64) -> Bool) -> UInt64? {
        reader.bytes.withUnsafeBytes { bytes in
            for offset in stride(from: 0, through: bytes.count - wordSize, by: wordSize) {
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
