/// A dynamic table as the loader reads it: found at the address of a PT_DYNAMIC, through the PT_LOAD segments.
public struct DynamicTable: Sendable {
    /// The entries before DT_NULL, in order.
    public let entries: [DynamicEntry]
    /// The names that make the loader open another file, with the tag of each.
    public let libraries: [(tag: DynamicEntry.Tag, name: String)]
    /// What is wrong with the table, a phrase for each fault; empty if the loader could read all of it.
    public let defects: [String]

    init(entries: [DynamicEntry], defects: [String]) {
        self.entries = entries
        self.defects = defects
        libraries = entries.compactMap { $0.tag.opensFile ? ($0.tag, $0.name ?? "") : nil }
    }

    /// Whether DF_1_PIE is set: the linker made a program, not a shared library.
    public var isPositionIndependentExecutable: Bool {
        entries.contains { $0.tag == .flags1 && $0.value & 0x0800_0000 != 0 }
    }
}

/// One entry of a dynamic table.
public struct DynamicEntry: Sendable, Hashable {
    /// `d_tag`.
    public let tag: Tag
    /// `d_un`: a number or an address, depending on the tag.
    public let value: UInt64
    /// The string at the offset `value` of the string table, for tags that refer to it; nil if it cannot be read.
    public let name: String?

    /// A dynamic tag (`d_tag`). Unknown values are kept, and print as numbers.
    public struct Tag: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The value in the file.
        public let rawValue: Int64
        /// Wraps a value of a file.
        public init(rawValue: Int64) { self.rawValue = rawValue }

        /// `DT_NEEDED`, a library that the loader must find.
        public static let needed = Tag(rawValue: 1)
        /// `DT_STRTAB`, the address of the string table.
        public static let stringTable = Tag(rawValue: 5)
        /// `DT_RPATH`, where the loader looks for libraries first.
        public static let libraryPath = Tag(rawValue: 15)
        /// `DT_RUNPATH`, where the loader looks for libraries.
        public static let runPath = Tag(rawValue: 29)
        /// `DT_FLAGS_1`.
        public static let flags1 = Tag(rawValue: 0x6fff_fffb)
        /// `DT_DEPAUDIT`.
        public static let dependencyAudit = Tag(rawValue: 0x6fff_fefb)
        /// `DT_AUDIT`.
        public static let audit = Tag(rawValue: 0x6fff_fefc)
        /// `DT_AUXILIARY`.
        public static let auxiliary = Tag(rawValue: 0x7fff_fffd)
        /// `DT_FILTER`.
        public static let filter = Tag(rawValue: 0x7fff_ffff)

        /// Whether the loader opens the file that the entry names.
        public var opensFile: Bool {
            switch self {
            case .needed, .auxiliary, .filter, .audit, .dependencyAudit: true
            default: false
            }
        }

        /// Whether the value is an offset into the string table: DT_SONAME, DT_RPATH and DT_RUNPATH name no file.
        var namesString: Bool { opensFile || self == .libraryPath || self == .runPath || rawValue == 14 }

        private static let names: [Int64: String] = [
            1: "DT_NEEDED", 5: "DT_STRTAB", 6: "DT_SYMTAB", 10: "DT_STRSZ", 14: "DT_SONAME", 15: "DT_RPATH",
            29: "DT_RUNPATH", 30: "DT_FLAGS", 0x6fff_fffb: "DT_FLAGS_1", 0x6fff_fefb: "DT_DEPAUDIT",
            0x6fff_fefc: "DT_AUDIT", 0x7fff_fffd: "DT_AUXILIARY", 0x7fff_ffff: "DT_FILTER",
        ]

        /// The name in the specification, such as `DT_NEEDED`.
        public var description: String { Tag.names[rawValue] ?? "DT_0x\(String(rawValue, radix: 16))" }
    }
}
