/// One section header. Sections may be stripped or lie: they serve a report on sizes, never a verdict.
public struct Section: Sendable, Hashable {
    /// The name, or an empty text where it cannot be read.
    public let name: String
    /// `sh_type`.
    public let type: UInt32
    /// `sh_size`, in bytes; a section without bits in the file counts as 0.
    public let size: UInt64
}

extension Section {
    /// `.symtab`, `.strtab` and DWARF: what `-s -w` leaves out.
    fileprivate var isDebugData: Bool {
        name == ".symtab" || name == ".strtab" || name.hasPrefix(".debug_") || name.hasPrefix(".zdebug_")
    }
}

extension ELFImage {
    /// What symbols and debug data take of the file, in bytes; at most the file's size.
    public var debugDataSize: Int {
        sections.filter(\.isDebugData).reduce(0) { min(bytes.count, $0 + min(bytes.count, Int(clamping: $1.size))) }
    }
}
