/// What makes a section header table malformed (gABI, "Sections").
///
/// The kernel does not read the table, and many programs have none (`e_shoff` is 0). But linkers write it at the end of the file,
/// so a table that is not whole is the mark of a truncated or damaged file.
package enum SectionTableDefect: Sendable, Hashable, CustomStringConvertible {
    /// `e_shentsize` is not the size of a section header of the file's class.
    case wrongEntrySize(Int, required: Int)
    /// `e_shoff` is set, and there are no section headers there.
    case empty
    /// The file ends before the table does.
    case endsInTable(end: UInt64, fileSize: Int)
    /// The first entry is not the empty one that index 0 is reserved for.
    case firstNotEmpty
    /// `e_shstrndx` is not the index of a section.
    case noNameTable(index: UInt64, count: UInt64)

    /// What is wrong.
    package var description: String {
        switch self {
        case .wrongEntrySize(let size, let required): "e_shentsize is \(size), not \(required)"
        case .empty: "e_shoff is set, but the file has no section headers"
        case .endsInTable(let end, let fileSize):
            "the section headers end at byte \(end), and the file at byte \(fileSize)"
        case .firstNotEmpty: "the first section header is not empty"
        case .noNameTable(let index, let count): "e_shstrndx is \(index), and there are \(count) section headers"
        }
    }
}

extension ELFHeader {
    /// What is wrong with the section header table; nil if it is sound, or if there is none.
    ///
    /// - Parameters:
    ///   - head: The first bytes of the file, with the whole header.
    ///   - read: Returns the bytes of a range of the file; nil if they cannot be read.
    func sectionTableDefect(
        _ head: ArraySlice<UInt8>, fileSize: Int, read: (Range<Int>) -> ArraySlice<UInt8>?
    ) -> SectionTableDefect? {
        let wide = elfClass == .bits64
        let fields = ByteReader(head, byteOrder)
        func field(_ offset: Int, _ size: Int) -> UInt64 { fields.number(at: offset, size: size) ?? 0 }
        let offset = wide ? field(40, 8) : field(32, 4)
        guard offset != 0 else { return nil }
        let (entrySize, required) = (Int(field(wide ? 58 : 46, 2)), wide ? 64 : 40)
        guard entrySize == required else { return .wrongEntrySize(entrySize, required: required) }
        let place = Int(clamping: offset)
        guard place <= fileSize - required, let first = read(place..<place + required) else {
            return .endsInTable(end: offset &+ UInt64(required), fileSize: fileSize)
        }
        let entry = ByteReader(first, byteOrder)
        // The entry of index 0 holds the counts that are too large for the header in sh_size and sh_link.
        let (counted, linked) = (wide ? (32, 8) : (20, 4), wide ? 40 : 24)
        let count = given(field(wide ? 60 : 48, 2), or: entry.number(at: counted.0, size: counted.1), if: 0)
        let names = given(field(wide ? 62 : 50, 2), or: entry.number(at: linked, size: 4), if: 0xffff)
        guard count > 0 else { return .empty }
        let (size, overflow) = count.multipliedReportingOverflow(by: UInt64(required))
        guard !overflow, size <= UInt64(fileSize - place) else {
            return .endsInTable(end: offset &+ size, fileSize: fileSize)
        }
        let mustBeZero = (wide ? 0..<32 : 0..<20).map { $0 } + (wide ? 48..<64 : 32..<40)
        guard mustBeZero.allSatisfy({ first[first.startIndex + $0] == 0 }) else { return .firstNotEmpty }
        guard names < count else { return .noNameTable(index: names, count: count) }
        return nil
    }

    private func given(_ value: UInt64, or other: UInt64?, if escape: UInt64) -> UInt64 {
        value == escape ? other ?? 0 : value
    }
}
