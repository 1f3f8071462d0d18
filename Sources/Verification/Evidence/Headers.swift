import ELF

/// The file header and the program headers of an ELF file.
struct Headers: Evidence {
    let header: ELFHeader
    let segments: [Segment]
    /// The path of each PT_INTERP segment; nil if it cannot be read.
    let interpreters: [String?]
    /// The size of the file in bytes.
    let fileSize: Int
    /// How many PT_LOADs are not searched, because the sum of all exceeds four times the file size.
    let omittedLoadCount: Int
    /// Whether the last PT_GNU_PROPERTY, which arm64 reads, holds a note that Linux can read.
    let isPropertyReadable: Bool
    /// What is wrong with the section header table; nil if it is sound, or if there is none.
    let sectionTableDefect: SectionTableDefect?

    init?(of subject: borrowing Subject) {
        guard let image = subject.image else { return nil }
        header = image.header
        segments = image.segments
        interpreters = image.interpreters
        fileSize = image.size
        omittedLoadCount = image.omittedLoadCount
        isPropertyReadable = image.isPropertyReadable
        sectionTableDefect = image.sectionTableDefect
    }

    /// The PT_LOADs, in order.
    var loads: [Segment] { segments.filter { $0.kind == .load } }
}

/// The dynamic tables of an ELF file, as the loader reads them.
struct DynamicTables: Evidence {
    let tables: [DynamicTable]
    /// The symbols that libraries must define.
    let importedSymbols: [ImportedSymbol]

    init?(of subject: borrowing Subject) {
        guard let image = subject.image else { return nil }
        tables = image.dynamicTables
        importedSymbols = image.importedSymbols
    }
}

/// The kind of an ELF file, and whether it is static.
struct Linkage: Evidence {
    /// What the file is instead of a program; nil for a program.
    let objectKind: String?
    /// Whether it is a program that runs without a dynamic loader.
    let isStatic: Bool

    init(_ image: ELFImage) {
        objectKind =
            switch image.header.type {
            case .executable: nil
            case .relocatable: "a relocatable object"
            case .core: "a core dump"
            case .dynamic:
                image.interpreters.isEmpty && !image.dynamicTables.contains(where: \.isPositionIndependentExecutable)
                    ? "a shared library" : nil
            default: "an ELF file of an unknown type"
            }
        isStatic =
            objectKind == nil && image.interpreters.isEmpty
            && !image.dynamicTables.contains { !$0.libraries.isEmpty }
    }

    init?(of subject: borrowing Subject) {
        guard let image = subject.image else { return nil }
        self.init(image)
    }
}

/// The notes of an ELF file.
struct Notes: Evidence {
    let notes: [Note]
    /// The byte order of their descriptors.
    let byteOrder: ByteOrder

    init?(of subject: borrowing Subject) {
        guard let image = subject.image else { return nil }
        notes = image.notes
        byteOrder = image.header.byteOrder
    }
}

/// The section headers of a program. They can be stripped or lie, so no file is ready because of them.
struct Sections: Evidence {
    /// The size of symbols and debug data in bytes.
    let debugDataSize: Int
    /// The size of the file in bytes.
    let fileSize: Int

    init?(of subject: borrowing Subject) {
        guard let image = subject.image, image.header.isProgramOrSharedObject else { return nil }
        debugDataSize = image.debugDataSize
        fileSize = image.size
    }
}

/// Where section headers and symbols put the entry point of a program. They may be stripped or lie, so no file is ready
/// because of them.
struct EntryPlace: Evidence {
    static let reading: Reading = .entrySymbols

    /// The sections that are loaded from the file.
    let sections: [Section]
    /// nil if there is no symbol table.
    let symbols: EntrySymbols?

    init?(of subject: borrowing Subject) {
        guard let image = subject.image, image.header.isProgramOrSharedObject else { return nil }
        sections = image.sections.filter { $0.address > 0 && $0.size > 0 }
        symbols = subject.evidence.entrySymbols
    }
}
