public import ELF

/// Go's table of functions (`pclntab`): it names every function and source file, and `-s -w` does not strip it.
///
/// Only its header and its two name tables are read. Source of the layout: Go runtime/symtab.go, `pcHeader`.
public struct LineTable: Sendable {
    private let functionNames: NameTable
    private let fileNames: NameTable
    /// The table of functions, with what it points to.
    private let functionTable: FunctionTable?

    /// Finds the table in the loaded bytes; sections are not asked.
    ///
    /// A Go program that embeds another holds two tables. The program's own is the one whose address the runtime keeps in
    /// writable data; where relocations hide that address, the first table is taken.
    ///
    /// - Returns: The table, or nil where there is none that is whole.
    public init?(in image: ELFImage) {
        self.init(of: LineTableCandidate.all(in: image), in: image)
    }

    /// Finds the table at some places of the file, as far as it was read: the same one, where all places are given at which
    /// a table may begin.
    ///
    /// - Parameters:
    ///   - image: The file.
    ///   - places: The places, in ascending order.
    public init?(in image: ELFImage, at places: [Int]) {
        self.init(of: LineTableCandidate.all(in: image, at: places), in: image)
    }

    /// Takes the table that begins at a place in the file, where the program's own data holds its address.
    init?(in image: ELFImage, referencedAt offset: Int) {
        let candidates = LineTableCandidate.all(in: image, at: [offset])
        guard let own = LineTableCandidate.referenced(among: candidates, in: image) else { return nil }
        self.init(own)
    }

    private init?(of candidates: [LineTableCandidate], in image: ELFImage) {
        guard let own = LineTableCandidate.referenced(among: candidates, in: image) ?? candidates.first else {
            return nil
        }
        self.init(own)
    }

    /// How many bytes tell that a table may begin: its first eight, and one behind them.
    public static let startSize = 9

    /// How many places of one segment are looked at, and after how many tables no further segment is.
    public static let maximumPlaces = 64

    /// Where in the file tables may begin, by some of the bytes that are loaded; ``maximumPlaces`` at most.
    public static func places(in load: LoadedBytes, of header: ELFHeader) -> [Int] {
        LineTableMagic(header).offsets(in: load).map { load.offset + $0 }
    }

    private init(_ candidate: LineTableCandidate) {
        functionNames = NameTable(candidate.functionNames)
        fileNames = NameTable(candidate.fileNames)
        functionTable = candidate.functionTable
    }

    /// How far the names of a table reach, in bytes from its start; nil where it does not begin like one.
    static func sizeOfNames(_ start: ArraySlice<UInt8>, in image: ELFImage) -> UInt64? {
        WordReader(start, image.header).nameOffsets?.last
    }

    /// The size of each function's code in bytes, with its name, in the order of their addresses.
    public var functionSizes: [(name: String, size: Int)] { functionTable?.sizes(names: functionNames.bytes) ?? [] }

    /// Those of some names that are names of functions in the program, to the letter.
    public func functions(among wanted: Set<String>) -> Set<String> {
        var byLength: [[(bytes: [UInt8], text: String)]] = []
        for text in wanted {
            let bytes = Array(text.utf8)
            while byLength.count <= bytes.count { byLength.append([]) }
            byLength[bytes.count].append((bytes, text))
        }
        var found: Set<String> = []
        functionNames.forEach { name in
            guard name.count < byLength.count else { return }
            for (bytes, text) in byLength[name.count] where name.last == bytes.last && name.elementsEqual(bytes) {
                found.insert(text)
            }
        }
        return found
    }

    /// The first source file with an absolute path: the program was built without `-trimpath`.
    public var absoluteSourcePath: String? {
        var path: String?
        fileNames.forEach { name in
            if path == nil, name.first == 0x2f { path = String(decoding: name, as: UTF8.self) }
        }
        return path
    }
}
