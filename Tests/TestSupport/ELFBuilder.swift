/// Writes tiny ELF files from a description, field by field, after the System V gABI (chapters 4 and 5).
///
/// It shares no code with the reader that it tests. Unless a test says otherwise, the file is a static program for
/// linux/amd64 with one executable segment at 0x400000 that maps the file from its start.
///
/// ```swift
/// let bytes = ELFBuilder.staticProgram()
/// var program = ELFBuilder()
/// program.interpreter = "/lib64/ld-linux-x86-64.so.2"
/// let dynamic = program.bytes
/// ```
public struct ELFBuilder: Sendable {
    /// The value of `EI_CLASS`: 1 for 32 bits, 2 for 64.
    public var elfClass: UInt8 = 2
    /// The value of `EI_DATA`: 1 for little endian, 2 for big.
    public var byteOrder: UInt8 = 1
    /// `EI_OSABI`.
    public var osABI: UInt8 = 0
    /// `e_type`: 2 for ET_EXEC, 3 for ET_DYN.
    public var type: UInt16 = 2
    /// `e_machine`: 62 for EM_X86_64.
    public var machine: UInt16 = 62
    /// `e_flags`.
    public var flags: UInt32 = 0
    /// `e_entry`; nil for the first byte of the code.
    public var entry: UInt64?
    /// Where the first byte of the file is loaded.
    public var base: UInt64 = 0x40_0000
    /// The flags of the segment that holds the file: 1 executable, 2 writable, 4 readable.
    public var loadFlags: UInt32 = 5
    /// The text of PT_INTERP; nil for none.
    public var interpreter: String?
    /// The entries of PT_DYNAMIC before DT_NULL; nil for no PT_DYNAMIC.
    public var dynamic: [DynamicEntry]?
    /// The notes of PT_NOTE; none for no PT_NOTE.
    public var notes: [Note] = []
    /// The machine code, and whatever else the segment shall hold behind it.
    public var code: [UInt8] = [0xb8, 0x3c, 0, 0, 0, 0x31, 0xff, 0x0f, 0x05]
    /// The bytes of a writable segment of its own, on the page behind the code; none for no such segment.
    public var data: [UInt8] = []
    /// Program headers behind those that the description asks for.
    public var moreSegments: [Segment] = []
    /// Section headers by name, each with its place in the file; none for a file without section headers.
    public var sections: [Section] = []

    /// Describes a static program for linux/amd64.
    public init() {}

    /// A static program that Linux starts and that ends with 0.
    public static func staticProgram() -> [UInt8] { ELFBuilder().bytes }

    /// A dynamic entry.
    public enum DynamicEntry: Sendable {
        /// A tag with a number.
        case value(Int64, UInt64)
        /// A tag with an offset into the string table, where the text is put.
        case text(Int64, String)

        /// `DT_NEEDED` with the name of a library.
        public static func needed(_ name: String) -> DynamicEntry { .text(1, name) }
        /// `DT_FLAGS_1` with DF_1_PIE.
        public static let pie = DynamicEntry.value(0x6fff_fffb, 0x0800_0000)
    }

    /// A note.
    public struct Note: Sendable {
        let owner: String
        let type: UInt32
        let descriptor: [UInt8]

        /// Describes a note; the owner's name gets its zero byte.
        public init(_ owner: String, type: UInt32, _ descriptor: [UInt8]) {
            self.owner = owner
            self.type = type
            self.descriptor = descriptor
        }
    }

    /// A program header, each field as it stands in the file.
    public struct Segment: Sendable {
        /// `p_type`.
        public var type: UInt32
        /// `p_flags`.
        public var flags: UInt32
        /// `p_offset`.
        public var offset: UInt64
        /// `p_vaddr` and `p_paddr`.
        public var address: UInt64
        /// `p_filesz`.
        public var fileSize: UInt64
        /// `p_memsz`.
        public var memorySize: UInt64
        /// `p_align`.
        public var alignment: UInt64

        /// Describes a program header; the size in memory is that in the file unless it is given.
        public init(
            type: UInt32, flags: UInt32 = 4, offset: UInt64, address: UInt64, fileSize: UInt64,
            memorySize: UInt64? = nil, alignment: UInt64 = 0x1000
        ) {
            self.type = type
            self.flags = flags
            self.offset = offset
            self.address = address
            self.fileSize = fileSize
            self.memorySize = memorySize ?? fileSize
            self.alignment = alignment
        }
    }

    /// A section header; its address is where the base maps its offset.
    public struct Section: Sendable {
        let name: String
        let type: UInt32
        let offset: UInt64
        let size: UInt64
        let link: UInt64
        let entrySize: UInt64

        /// Describes a section header; type 1 is SHT_PROGBITS, and the section of index 1 is the first.
        public init(
            _ name: String, type: UInt32 = 1, offset: UInt64, size: UInt64, link: UInt64 = 0, entrySize: UInt64 = 0
        ) {
            self.name = name
            self.type = type
            self.offset = offset
            self.size = size
            self.link = link
            self.entrySize = entrySize
        }
    }

    /// Where the program headers begin in the file.
    public var programHeaderOffset: Int { isWide ? 64 : 52 }

    /// The size of a program header.
    public var programHeaderSize: Int { isWide ? 56 : 32 }

    /// Where the code begins in the file: on the second page, unless there are many program headers.
    public var codeOffset: Int {
        max(0x1000, aligned(programHeaderOffset + segmentCount * programHeaderSize, to: 0x1000))
    }

    /// Where the writable segment begins in the file.
    public var dataOffset: Int { aligned(codeOffset + body.bytes.count, to: 0x1000) }

    /// Where a program header begins in the file.
    public func offset(ofSegment index: Int) -> Int { programHeaderOffset + index * programHeaderSize }

    /// The file.
    public var bytes: [UInt8] {
        let body = body
        let end = codeOffset + body.bytes.count
        var segments = [
            Segment(type: 1, flags: loadFlags, offset: 0, address: base, fileSize: UInt64(end), alignment: 0x1000)
        ]
        if !data.isEmpty {
            segments.append(
                Segment(
                    type: 1, flags: 6, offset: UInt64(dataOffset), address: base + UInt64(dataOffset),
                    fileSize: UInt64(data.count)))
        }
        segments += body.segments + moreSegments
        var file = header(segmentCount: segments.count)
        for segment in segments { file += bytes(of: segment) }
        file += zeros(codeOffset - file.count) + body.bytes
        if !data.isEmpty { file += zeros(dataOffset - file.count) + data }
        if !sections.isEmpty { appendSections(to: &file) }
        return file
    }

    private var isWide: Bool { elfClass == 2 }

    private var segmentCount: Int {
        1 + (data.isEmpty ? 0 : 1) + (interpreter == nil ? 0 : 1) + (dynamic == nil ? 0 : 1) + (notes.isEmpty ? 0 : 1)
            + moreSegments.count
    }

    private func aligned(_ value: Int, to size: Int) -> Int { (value + size - 1) / size * size }

    private func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: max(0, count)) }

    /// What follows the program headers, and the program headers that point into it.
    private var body: (bytes: [UInt8], segments: [Segment]) {
        var bytes = code
        var segments: [Segment] = []
        func add(_ part: [UInt8], type: UInt32, alignment: UInt64 = 8) {
            bytes += zeros(aligned(bytes.count, to: 8) - bytes.count)
            let offset = UInt64(codeOffset + bytes.count)
            segments.append(
                Segment(
                    type: type, offset: offset, address: base + offset, fileSize: UInt64(part.count),
                    alignment: alignment))
            bytes += part
        }
        if let interpreter { add(Array(interpreter.utf8) + [0], type: 3) }
        if !notes.isEmpty { add(notes.flatMap(encoded), type: 4, alignment: 4) }
        if let dynamic {
            bytes += zeros(aligned(bytes.count, to: 8) - bytes.count)
            let strings = base + UInt64(codeOffset + bytes.count)
            var table: [UInt8] = [0]
            var entries: [UInt8] = []
            for entry in dynamic {
                switch entry {
                case .value(let tag, let value): entries += word(UInt64(bitPattern: tag)) + word(value)
                case .text(let tag, let text):
                    entries += word(UInt64(bitPattern: tag)) + word(UInt64(table.count))
                    table += Array(text.utf8) + [0]
                }
            }
            // DT_STRTAB, DT_STRSZ, DT_NULL.
            entries += word(5) + word(strings) + word(10) + word(UInt64(table.count)) + word(0) + word(0)
            bytes += table
            add(entries, type: 2)
        }
        return (bytes, segments)
    }

    private func header(segmentCount: Int) -> [UInt8] {
        let entry = entry ?? base + UInt64(codeOffset)
        var header: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, elfClass, byteOrder, 1, osABI] + zeros(8)
        header += number(UInt64(type), 2) + number(UInt64(machine), 2) + number(1, 4)
        header += word(entry) + word(UInt64(programHeaderOffset)) + word(0) + number(UInt64(flags), 4)
        header += number(UInt64(programHeaderOffset), 2) + number(UInt64(programHeaderSize), 2)
        header += number(UInt64(segmentCount), 2) + number(isWide ? 64 : 40, 2) + number(0, 2) + number(0, 2)
        return header
    }

    private func bytes(of segment: Segment) -> [UInt8] {
        let addresses = word(segment.offset) + word(segment.address) + word(segment.address)
        let sizes = word(segment.fileSize) + word(segment.memorySize)
        let flags = number(UInt64(segment.flags), 4)
        return number(UInt64(segment.type), 4) + (isWide ? flags : []) + addresses + sizes + (isWide ? [] : flags)
            + word(segment.alignment)
    }

    private func encoded(_ note: Note) -> [UInt8] {
        let owner = Array(note.owner.utf8) + [0]
        func padded(_ bytes: [UInt8]) -> [UInt8] { bytes + zeros(aligned(bytes.count, to: 4) - bytes.count) }
        return number(UInt64(owner.count), 4) + number(UInt64(note.descriptor.count), 4)
            + number(UInt64(note.type), 4) + padded(owner) + padded(note.descriptor)
    }

    /// Puts the names, then an empty header, those of the sections, and that of the names behind the file.
    private func appendSections(to file: inout [UInt8]) {
        var names: [UInt8] = [0]
        let nameOffsets = (sections.map(\.name) + [".shstrtab"]).map { name in
            defer { names += Array(name.utf8) + [0] }
            return UInt64(names.count)
        }
        let namesOffset = UInt64(file.count)
        file += names + zeros(aligned(file.count + names.count, to: 8) - file.count - names.count)
        let table = UInt64(file.count)
        let all = sections + [Section(".shstrtab", type: 3, offset: namesOffset, size: UInt64(names.count))]
        file += zeros(isWide ? 64 : 40)
        for (section, name) in zip(all, nameOffsets) {
            file += number(name, 4) + number(UInt64(section.type), 4) + word(2) + word(base + section.offset)
            file += word(section.offset) + word(section.size) + number(section.link, 4) + number(0, 4) + word(1)
            file += word(section.entrySize)
        }
        file.put(word(table), at: isWide ? 40 : 32)
        file.put(number(UInt64(all.count + 1), 2) + number(UInt64(all.count), 2), at: isWide ? 60 : 48)
    }

    /// A number in the file's byte order.
    public func number(_ value: UInt64, _ size: Int) -> [UInt8] {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
        return byteOrder == 2 ? bytes.reversed() : bytes
    }

    /// An address or offset, as wide as the file's class says.
    public func word(_ value: UInt64) -> [UInt8] { number(value, isWide ? 8 : 4) }
}

extension [UInt8] {
    /// Overwrites bytes from an offset on.
    public mutating func put(_ bytes: [UInt8], at offset: Int) {
        replaceSubrange(offset..<offset + bytes.count, with: bytes)
    }

    /// A copy in which some bytes are overwritten: a mutation.
    public func with(_ bytes: [UInt8], at offset: Int) -> [UInt8] {
        var copy = self
        copy.put(bytes, at: offset)
        return copy
    }
}
