/// The bytes of a file: all of them, or those parts that were read.
struct FileContent: Sendable {
    /// The size of the file in bytes.
    let size: Int
    private var parts: [(offset: Int, bytes: ArraySlice<UInt8>)]

    /// All bytes of a file.
    init(_ bytes: [UInt8]) {
        size = bytes.count
        parts = [(0, bytes[...])]
    }

    /// A file of which nothing is read yet.
    init(size: Int) {
        self.size = size
        parts = []
    }

    /// Adds a part. The larger ones are asked first.
    mutating func add(_ bytes: [UInt8], at offset: Int) {
        parts.append((offset, bytes[...]))
        parts.sort { $0.bytes.count > $1.bytes.count }
    }

    /// The bytes of a range; nil where it does not lie in one part.
    func bytes(in range: Range<Int>) -> ArraySlice<UInt8>? {
        for part in parts where part.offset <= range.lowerBound && range.upperBound <= part.offset + part.bytes.count {
            return part.bytes.shifted(range, from: part.offset)
        }
        return nil
    }

    /// What was read of a range: itself, or the pieces of parts that lie in it, in the order of the file.
    func pieces(in range: Range<Int>) -> [(offset: Int, bytes: ArraySlice<UInt8>)] {
        if let whole = bytes(in: range) { return [(range.lowerBound, whole)] }
        return parts.compactMap { part in
            let common = range.clamped(to: part.offset..<part.offset + part.bytes.count)
            return common.isEmpty ? nil : (common.lowerBound, part.bytes.shifted(common, from: part.offset))
        }
        .sorted { $0.offset < $1.offset }
    }
}

extension ArraySlice<UInt8> {
    fileprivate func shifted(_ range: Range<Int>, from offset: Int) -> ArraySlice<UInt8> {
        self[(startIndex + range.lowerBound - offset)..<(startIndex + range.upperBound - offset)]
    }
}
