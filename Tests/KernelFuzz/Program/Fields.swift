/// A field of the file header or of a program header: its name in the specification, its place and its size in bytes.
struct Field: Hashable {
    let name: String
    let offset: Int
    let size: Int
}

/// The fields of a class of ELF files (gABI, "ELF Header" and "Program Header").
struct FieldTable {
    let header: [Field]
    let segment: [Field]
    let segmentSize: Int

    /// ELFCLASS64.
    static let wide = FieldTable(
        header: header(word: 8),
        segment: fields([
            ("p_type", 4), ("p_flags", 4), ("p_offset", 8), ("p_vaddr", 8), ("p_paddr", 8), ("p_filesz", 8),
            ("p_memsz", 8), ("p_align", 8),
        ]))
    /// ELFCLASS32.
    static let narrow = FieldTable(
        header: header(word: 4),
        segment: fields([
            ("p_type", 4), ("p_offset", 4), ("p_vaddr", 4), ("p_paddr", 4), ("p_filesz", 4), ("p_memsz", 4),
            ("p_flags", 4), ("p_align", 4),
        ]))

    private init(header: [Field], segment: [Field]) {
        self.header = header
        self.segment = segment
        segmentSize = segment.reduce(0) { $0 + $1.size }
    }

    private static func header(word: Int) -> [Field] {
        fields(
            [
                ("e_type", 2), ("e_machine", 2), ("e_version", 4), ("e_entry", word), ("e_phoff", word),
                ("e_shoff", word), ("e_flags", 4), ("e_ehsize", 2), ("e_phentsize", 2), ("e_phnum", 2),
                ("e_shentsize", 2), ("e_shnum", 2), ("e_shstrndx", 2),
            ], from: 16)
    }

    private static func fields(_ sizes: [(String, Int)], from start: Int = 0) -> [Field] {
        var offset = start
        return sizes.map { name, size in
            defer { offset += size }
            return Field(name: name, offset: offset, size: size)
        }
    }
}
