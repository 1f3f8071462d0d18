/// Describes a tiny Go program: what Go's linker puts into a file about itself, without any working code.
///
/// Sources of the layout: Go debug/buildinfo/buildinfo.go (inline form of Go 1.18), runtime/symtab.go (pcHeader), and
/// runtime/runtime2.go (functab, _func).
public struct GoProgram: Sendable {
    /// The names in the function table; each function is 16 bytes long.
    public var functions: [String] = ["runtime.main", "_rt0_amd64_linux", "main.main"]
    /// The paths in the table of source files.
    public var files: [String] = ["example.com/m/main.go"]
    /// The version of Go.
    public var version = "go1.22.1"
    /// The lines of the build info.
    public var info = [
        "path\texample.com/m", "mod\texample.com/m\t(devel)\t", "build\tGOOS=linux", "build\tGOARCH=amd64",
    ]
    /// Whether writable data holds the address of the line table, as the runtime needs it.
    public var holdsAddress = true
    /// The file around it.
    public var file = ELFBuilder()

    /// Describes a program that is ready for linux/amd64.
    public init() {}

    /// Where the line table begins in the file.
    public var tableOffset: Int { file.codeOffset + 16 }

    /// The file, with section headers that name Go's sections.
    public var bytes: [UInt8] {
        var builder = builder
        let table = UInt64(lineTable.count)
        builder.sections = [
            .init(".text", offset: UInt64(builder.codeOffset), size: 16),
            .init(".gopclntab", offset: UInt64(tableOffset), size: table),
            .init(".go.buildinfo", offset: UInt64(builder.dataOffset), size: 16),
        ]
        return builder.bytes
    }

    /// The file without section headers.
    public var bytesWithoutSections: [UInt8] { builder.bytes }

    private var builder: ELFBuilder {
        var builder = file
        builder.code = [UInt8](repeating: 0x90, count: 16) + lineTable
        let address = file.base + UInt64(tableOffset)
        var data = buildInfo
        data += [UInt8](repeating: 0, count: (16 - data.count % 16) % 16)
        data += file.word(holdsAddress ? address : 0) + [UInt8](repeating: 0, count: 64)
        builder.data = data
        return builder
    }

    private var wordSize: Int { file.elfClass == 2 ? 8 : 4 }

    /// Flags with bit 1 set, then the version and the framed text, each with its length as a varint.
    public var buildInfo: [UInt8] {
        func string(_ bytes: [UInt8]) -> [UInt8] {
            var length = bytes.count
            var varint: [UInt8] = []
            while length >= 0x80 {
                varint.append(UInt8(length & 0x7f) | 0x80)
                length >>= 7
            }
            return varint + [UInt8(length)] + bytes
        }
        let sentinel = [UInt8](repeating: 0x77, count: 16)
        let text = Array(info.map { $0 + "\n" }.joined().utf8)
        return [0xff] + Array(" Go buildinf:".utf8) + [UInt8(wordSize), 2] + [UInt8](repeating: 0, count: 16)
            + string(Array(version.utf8)) + string(sentinel + text + sentinel)
    }

    /// The header, the names, and the table of functions.
    public var lineTable: [UInt8] {
        let names = functions.map { Array($0.utf8) + [0] }
        let paths = files.map { Array($0.utf8) + [0] }
        let start = 8 + 8 * wordSize
        let cuOffset = start + Array(names.joined()).count
        let filesOffset = cuOffset
        let end = filesOffset + Array(paths.joined()).count
        let functionOffset = (end + 7) / 8 * 8
        var table = file.number(0xffff_fff1, 4) + [0, 0, 1, UInt8(wordSize)]
        for value in [functions.count, files.count, 0, start, cuOffset, filesOffset, end, functionOffset] {
            table += file.word(UInt64(value))
        }
        table += Array((names + paths).joined())
        table += [UInt8](repeating: 0, count: functionOffset - table.count)
        // functab: entry and offset of each _func, and the end of the last.
        let structures = functions.count * 8 + 4
        var nameOffset = 0
        var details: [UInt8] = []
        for (index, name) in names.enumerated() {
            table += file.number(UInt64(index * 16), 4) + file.number(UInt64(structures + index * 8), 4)
            details += file.number(UInt64(index * 16), 4) + file.number(UInt64(nameOffset), 4)
            nameOffset += name.count
        }
        table += file.number(UInt64(functions.count * 16), 4) + details
        return table
    }
}
