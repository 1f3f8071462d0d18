import ELF
import Files

/// The first and the last bytes of a file.
struct FileEnds: Evidence {
    static let reading = Reading.ends

    /// The first 512 bytes, or fewer.
    let start: ArraySlice<UInt8>
    /// The last 64 bytes, or fewer.
    let end: ArraySlice<UInt8>

    init?(of subject: borrowing Subject) {
        guard let ends = subject.evidence.ends else { return nil }
        self = ends
    }

    init<Source: ByteSource & ~Copyable>(of source: borrowing Source) throws(FileError) {
        start = try source.slice(0..<min(512, source.size))
        end = try source.slice(max(0, source.size - 64)..<source.size)
    }
}

/// How often each byte value occurs in the executable segments of a program without section headers.
struct CodeBytes: Evidence {
    static let reading = Reading.code

    /// The counts of the byte values, for each executable segment.
    private var counts: [Int: [Int]] = [:]
    private var lookedAt: [Int: Int] = [:]

    init?(of subject: borrowing Subject) {
        guard let code = subject.evidence.code else { return nil }
        self = code
    }

    init() {}

    /// Counts the next piece of a load. Pieces overlap, and each byte counts once.
    mutating func look(at piece: LoadedBytes, ofLoad index: Int) {
        guard piece.flags.contains(.executable) else { return }
        let end = piece.offset + piece.bytes.count
        let seen = max(0, lookedAt[index, default: piece.offset] - piece.offset)
        var counts = counts[index] ?? [Int](repeating: 0, count: 256)
        for byte in piece.bytes.dropFirst(seen) { counts[Int(byte)] += 1 }
        self.counts[index] = counts
        lookedAt[index] = end
    }

    /// The size of a segment of at least a page whose bytes look random; nil if there is none.
    ///
    /// Compressed bytes look random. Machine code does not: it repeats zeros and common opcodes.
    var sizeOfRandomCode: Int? {
        counts.sorted { $0.key < $1.key }.lazy.map(\.value).first { counts in
            counts.reduce(0, +) >= 4096 && CodeBytes.repetition(counts) < 2
        }?.reduce(0, +)
    }

    /// How much more often two bytes are equal than by chance (the index of coincidence): about 1 for random bytes.
    private static func repetition(_ counts: [Int]) -> Double {
        let size = Double(counts.reduce(0, +))
        return counts.reduce(0) { $0 + Double($1) * Double($1) } * 256 / (size * size)
    }
}
