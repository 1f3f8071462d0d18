public import ELF

/// Go's table of functions (`pclntab`): it names every function and source file, and `-s -w` does not strip it.
///
/// Only its header and its two name tables are read. Source of the layout: Go runtime/symtab.go, `pcHeader`.
public struct LineTable: Sendable {
    /// Function names, each ended by a zero byte.
    private let functionNames: ArraySlice<UInt8>
    /// Source file names, each ended by a zero byte.
    private let fileNames: ArraySlice<UInt8>
    /// The table of functions, with what it points to.
    private let functionTable: FunctionTable?

    /// Finds the table in the loaded bytes; sections are not asked.
    ///
    /// A Go program that embeds another holds two tables. The program's own is the one whose address the runtime keeps in
    /// writable data; where relocations hide that address, the first table is taken.
    ///
    /// - Returns: The table, or nil where there is none that is whole.
    public init?(in image: ELFImage) {
        let candidates = LineTableCandidate.all(in: image)
        let referenced = candidates.count > 1 ? LineTableCandidate.referenced(among: candidates, in: image) : nil
        guard let own = referenced ?? candidates.first else { return nil }
        functionNames = own.functionNames
        fileNames = own.fileNames
        functionTable = own.functionTable
    }

    /// The size of each function's code in bytes, with its name, in the order of their addresses.
    public var functionSizes: [(name: String, size: Int)] { functionTable?.sizes(names: functionNames) ?? [] }

    /// Those of some names that are names of functions in the program, to the letter.
    public func functions(among wanted: Set<String>) -> Set<String> {
        let byLength = Dictionary(grouping: wanted) { $0.utf8.count }.mapValues { $0.map { (Array($0.utf8), $0) } }
        let longest = byLength.keys.max() ?? 0
        var found: Set<String> = []
        LineTable.forEach(in: functionNames) { name in
            guard name.count <= longest, let candidates = byLength[name.count] else { return }
            for (bytes, text) in candidates where name.elementsEqual(bytes) { found.insert(text) }
        }
        return found
    }

    /// The first source file with an absolute path: the program was built without `-trimpath`.
    public var absoluteSourcePath: String? {
        var path: String?
        LineTable.forEach(in: fileNames) { name in
            if path == nil, name.first == 0x2f { path = String(decoding: name, as: UTF8.self) }
        }
        return path
    }

    private static func forEach(in table: ArraySlice<UInt8>, _ body: (Slice<UnsafeBufferPointer<UInt8>>) -> Void) {
        table.withUnsafeBufferPointer { bytes in
            var start = 0
            for index in bytes.indices where bytes[index] == 0 {
                if index > start { body(bytes[start..<index]) }
                start = index + 1
            }
        }
    }
}

/// Bytes that look like a line table: a magic number, and offsets that fit.
private struct LineTableCandidate {
    let address: UInt64
    let functionNames: ArraySlice<UInt8>
    let fileNames: ArraySlice<UInt8>
    let functionTable: FunctionTable?

    static func all(in image: ELFImage) -> [LineTableCandidate] {
        let wordSize = image.header.elfClass.bits / 8
        var candidates: [LineTableCandidate] = []
        for (segment, bytes) in image.loads where candidates.count < 64 {
            for offset in offsets(of: bytes, byteOrder: image.header.byteOrder, wordSize: wordSize) {
                let table = bytes[(bytes.startIndex + offset)...]
                let words = WordReader(bytes: table, wordSize: wordSize, byteOrder: image.header.byteOrder)
                let address = segment.address &+ UInt64(offset)
                if let candidate = LineTableCandidate(table, words, at: address) { candidates.append(candidate) }
            }
        }
        return candidates
    }

    /// Where the magic number (0xfffffff0 of Go 1.18 and 1.19, 0xfffffff1 since) stands, with two zero bytes, an instruction
    /// size and the word size behind it.
    private static func offsets(of bytes: ArraySlice<UInt8>, byteOrder: ByteOrder, wordSize: Int) -> [Int] {
        bytes.withUnsafeBytes { bytes in
            // One comparison for each word: the last bit tells the two magic numbers apart.
            let magic: UInt32 = byteOrder == .little ? 0xffff_fff1 : UInt32(0xffff_fff1).byteSwapped
            let last: UInt32 = byteOrder == .little ? 1 : UInt32(1).byteSwapped
            var offsets: [Int] = []
            var next = 0
            while next < bytes.count - 8 {
                let offset = next
                next += 4
                guard
                    UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)) | last == magic,
                    bytes[offset + 4] == 0, bytes[offset + 5] == 0, [1, 2, 4].contains(bytes[offset + 6]),
                    Int(bytes[offset + 7]) == wordSize
                else { continue }
                offsets.append(offset)
                if offsets.count == 64 { break }
            }
            return offsets
        }
    }

    private init?(_ table: ArraySlice<UInt8>, _ words: WordReader, at address: UInt64) {
        let offsets = (3...6).compactMap { words.word(at: 8 + $0 * words.wordSize) }
        guard offsets.count == 4, offsets[0] >= UInt64(8 + 7 * words.wordSize), offsets == offsets.sorted(),
            offsets[3] <= UInt64(table.count)
        else { return nil }
        let places = offsets.map { table.startIndex + Int($0) }
        self.address = address
        self.functionNames = table[places[0]..<places[1]]
        self.fileNames = table[places[2]..<places[3]]
        self.functionTable = FunctionTable(
            table, count: words.word(at: 8), offset: words.word(at: 8 + 7 * words.wordSize), byteOrder: words.byteOrder)
    }

    /// The first whose address an aligned word of writable data holds, as `runtime.firstmoduledata` does.
    static func referenced(among candidates: [LineTableCandidate], in image: ELFImage) -> LineTableCandidate? {
        let wordSize = image.header.elfClass.bits / 8
        let byAddress = Dictionary(candidates.map { ($0.address, $0) }) { first, _ in first }
        for (segment, bytes) in image.loads where segment.flags.contains(.writable) {
            let words = WordReader(bytes: bytes, wordSize: wordSize, byteOrder: image.header.byteOrder)
            for offset in stride(from: 0, to: bytes.count - wordSize, by: wordSize) {
                if let address = words.word(at: offset), let candidate = byAddress[address] { return candidate }
            }
        }
        return nil
    }
}

/// Reads words of the target's size and byte order.
private struct WordReader {
    let bytes: ArraySlice<UInt8>
    let wordSize: Int
    let byteOrder: ByteOrder

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
}
