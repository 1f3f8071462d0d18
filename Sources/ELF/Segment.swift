/// A program header: what the kernel reads to start a program.
public struct Segment: Sendable, Hashable {
    /// `p_type`.
    public let kind: Kind
    /// `p_flags`.
    public let flags: Flags
    /// `p_offset`, in bytes from the start of the file.
    public let offset: UInt64
    /// `p_vaddr`.
    public let address: UInt64
    /// `p_filesz`, in bytes.
    public let fileSize: UInt64
    /// `p_memsz`, in bytes.
    public let memorySize: UInt64
    /// `p_align`, in bytes.
    public let alignment: UInt64

    /// The range in the file; nil if its end does not fit in 64 bits.
    public var fileRange: Range<UInt64>? {
        let (end, overflow) = offset.addingReportingOverflow(fileSize)
        return overflow ? nil : offset..<end
    }

    /// The addresses that bytes of the file back; nil if the end does not fit in 64 bits.
    public var fileBackedAddresses: Range<UInt64>? {
        let (end, overflow) = address.addingReportingOverflow(fileSize)
        return overflow ? nil : address..<end
    }

    /// The addresses in memory; nil if the end does not fit in 64 bits.
    public var addresses: Range<UInt64>? {
        let (end, overflow) = address.addingReportingOverflow(memorySize)
        return overflow ? nil : address..<end
    }

    /// A segment type (`p_type`). Unknown values are kept, and print as numbers.
    public struct Kind: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The value in the file.
        public let rawValue: UInt32
        /// Wraps a value of a file.
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        /// `PT_LOAD`: mapped into memory.
        public static let load = Kind(rawValue: 1)
        /// `PT_DYNAMIC`: the dynamic table.
        public static let dynamic = Kind(rawValue: 2)
        /// `PT_INTERP`: the path of the interpreter that the kernel starts instead of the program.
        public static let interpreter = Kind(rawValue: 3)
        /// `PT_NOTE`: notes.
        public static let note = Kind(rawValue: 4)
        /// `PT_TLS`: the first content of thread-local data.
        public static let threadLocal = Kind(rawValue: 7)
        /// `PT_GNU_STACK`: whether the stack is executable.
        public static let gnuStack = Kind(rawValue: 0x6474_e551)
        /// `PT_GNU_PROPERTY`: the note of properties, NT_GNU_PROPERTY_TYPE_0.
        public static let gnuProperty = Kind(rawValue: 0x6474_e553)

        private static let names: [UInt32: String] = [
            0: "PT_NULL", 1: "PT_LOAD", 2: "PT_DYNAMIC", 3: "PT_INTERP", 4: "PT_NOTE", 5: "PT_SHLIB", 6: "PT_PHDR",
            7: "PT_TLS", 0x6474_e550: "PT_GNU_EH_FRAME", 0x6474_e551: "PT_GNU_STACK", 0x6474_e552: "PT_GNU_RELRO",
            0x6474_e553: "PT_GNU_PROPERTY",
        ]

        /// The name in the specification, such as `PT_LOAD`.
        public var description: String { Kind.names[rawValue] ?? "PT_0x\(String(rawValue, radix: 16))" }
    }

    /// Permissions (`p_flags`).
    public struct Flags: OptionSet, Sendable, Hashable, CustomStringConvertible {
        /// The value in the file.
        public let rawValue: UInt32
        /// Wraps a value of a file.
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        /// `PF_X`.
        public static let executable = Flags(rawValue: 1)
        /// `PF_W`.
        public static let writable = Flags(rawValue: 2)
        /// `PF_R`.
        public static let readable = Flags(rawValue: 4)

        /// Three letters, such as `r-x`.
        public var description: String {
            [(Flags.readable, "r"), (.writable, "w"), (.executable, "x")].map { contains($0.0) ? $0.1 : "-" }.joined()
        }
    }
}

/// A note of a PT_NOTE segment (gABI "Note Section").
public struct Note: Sendable, Hashable {
    /// At most this many bytes of a PT_NOTE are read. Only core files have longer ones.
    static let maximumSize = 64 << 10
    /// What Linux reads of PT_GNU_PROPERTY, in bytes (`NOTE_DATA_SZ` in fs/binfmt_elf.c).
    static let maximumPropertySize = 1024

    /// Who defines the type: `GNU`, `Go`, `FreeBSD`…
    public let owner: String
    /// `n_type`, whose meaning depends on the owner.
    public let type: UInt32
    /// The bytes of the descriptor.
    public let descriptor: [UInt8]
}
