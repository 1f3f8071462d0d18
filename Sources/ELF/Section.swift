/// One section header. Sections may be stripped or lie: no verdict of *ready* rests on one.
public struct Section: Sendable, Hashable {
    /// The name, or an empty text where it cannot be read.
    public let name: String
    /// `sh_type`.
    public let type: UInt32
    /// `sh_size`, in bytes; a section without bits in the file counts as 0.
    public let size: UInt64
    /// `sh_offset`, in bytes from the start of the file.
    public let offset: UInt64
    /// `sh_addr`: where the section is loaded; 0 where it is not.
    public let address: UInt64

    /// The range in the file, or nil where its end does not fit in 64 bits.
    public var fileRange: Range<UInt64>? {
        let (end, overflow) = offset.addingReportingOverflow(size)
        return overflow ? nil : offset..<end
    }

    /// Where a byte of the file that belongs to the section is loaded; nil for one that does not, or is not loaded.
    public func address(ofByteAt place: UInt64) -> UInt64? {
        holds(place) && address > 0 ? address &+ (place - offset) : nil
    }

    /// Whether the byte at a place of the file belongs to the section.
    public func holds(_ place: UInt64) -> Bool { place >= offset && place - offset < size }
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
        sections.filter(\.isDebugData).reduce(0) { min(size, $0 + min(size, Int(clamping: $1.size))) }
    }
}
