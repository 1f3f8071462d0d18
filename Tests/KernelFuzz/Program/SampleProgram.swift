import Foundation

/// A good static program of which mutants are made: little endian, and it says hello.
struct SampleProgram {
    let name: String
    let bytes: [UInt8]
    let fields: FieldTable
    /// Where the program headers begin.
    let tableOffset: Int
    let segments: [Segment]
    let entry: UInt64

    /// A program header, as far as mutants ask for it.
    struct Segment {
        let type: UInt64
        let offset: UInt64
        let address: UInt64
        let fileSize: UInt64
        let memorySize: UInt64

        static let load: UInt64 = 1
        var isLoad: Bool { type == Segment.load }
    }

    /// Whether a run printed what it must.
    static func isComplete(_ output: [UInt8]) -> Bool { output.elementsEqual("hello\n".utf8) }

    init(_ name: String, below folder: URL) throws {
        self.name = name
        bytes = Array(try Data(contentsOf: folder.appending(path: name)))
        let fields = bytes[4] == 2 ? FieldTable.wide : .narrow
        self.fields = fields
        let file = bytes
        func header(_ name: String) -> UInt64 { fields.header.first { $0.name == name }.map { file.value($0) } ?? 0 }
        let table = Int(header("e_phoff"))
        tableOffset = table
        entry = header("e_entry")
        segments = (0..<Int(header("e_phnum"))).map { index in
            func value(_ name: String) -> UInt64 {
                fields.segment.first { $0.name == name }.map {
                    file.value($0, from: table + index * fields.segmentSize)
                } ?? 0
            }
            return Segment(
                type: value("p_type"), offset: value("p_offset"), address: value("p_vaddr"),
                fileSize: value("p_filesz"),
                memorySize: value("p_memsz"))
        }
    }
}

extension [UInt8] {
    /// The value of a field of a structure that begins at `start`, the least significant byte first.
    func value(_ field: Field, from start: Int = 0) -> UInt64 {
        (0..<field.size).reversed().reduce(0) { $0 << 8 | UInt64(self[start + field.offset + $1]) }
    }

    /// Writes a field, as far as the file reaches and the field holds the value.
    mutating func put(_ value: UInt64, _ field: Field, from start: Int = 0) {
        for index in 0..<field.size where start + field.offset + index < count {
            self[start + field.offset + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(index)))
        }
    }
}
