import ELF
import Files

/// Go's table of functions (`pclntab`). It names every function and source file, and `-s -w` does not strip it.
///
/// A Go program that embeds another contains two tables. The program's own is the one whose address the runtime stores in
/// writable data. If relocations hide that address, the first table counts.
///
/// Only the header and the two name tables are read, unless the sizes of functions are wanted. Source of the layout: Go
/// runtime/symtab.go, `pcHeader`.
public struct LineTable: Sendable {
    let functionNames: NameTable
    private let fileNames: NameTable
    /// Where the sizes of functions are; nil if they were not read.
    private let functionTable: FunctionTable?

    /// Reads the names of a table, and the sizes of functions if they are wanted.
    init<Source: ByteSource & ~Copyable>(
        _ candidate: LineTableCandidate, withSizes: Bool, in source: borrowing Source
    ) throws(FileError) {
        let end = withSizes ? Int.max : candidate.names[3]
        let table = try candidate.load.bytes(from: candidate.offset, count: end, of: source).bytes
        let places = candidate.names.map { table.startIndex + $0 }
        functionNames = NameTable(table[places[0]..<places[1]])
        fileNames = NameTable(table[places[2]..<places[3]])
        functionTable = FunctionTable(
            table, count: candidate.functionCount, offset: candidate.functionOffset, byteOrder: candidate.byteOrder)
    }

    /// The name of each function and the size of its code in bytes, sorted by address.
    package var functionSizes: [(name: ArraySlice<UInt8>, size: Int)] {
        functionTable?.sizes(names: functionNames.bytes) ?? []
    }

    /// Calls a body with the name of each function, also of those that exist inlined only.
    ///
    /// Source: cmd/link/internal/ld/pcln.go, `walkFuncs`.
    package func forEachFunctionName(_ body: (Slice<UnsafeRawBufferPointer>) -> Void) { functionNames.forEach(body) }

    /// The wanted names that are names of functions in the program.
    public func functions(among wanted: Set<String>) -> Set<String> { functions(among: WantedNames(wanted)) }

    /// The wanted names that are names of functions in the program.
    public func functions(among wanted: WantedNames) -> Set<String> {
        var found: Set<String> = []
        functionNames.forEach { name in
            if let name = wanted.match(name) { found.insert(name) }
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
