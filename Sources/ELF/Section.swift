/// A symbol that a library must define.
public struct ImportedSymbol: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The library that must define it; nil if the file does not say.
    public let library: String?
}

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

    /// The range in a file of some size; nil for an empty one, and where the file ends before it.
    public func range(inFileOf fileSize: Int) -> Range<Int>? {
        let (end, overflow) = offset.addingReportingOverflow(size)
        guard !overflow, size > 0, end <= UInt64(fileSize) else { return nil }
        return Int(offset)..<Int(end)
    }

    /// Where a byte of the file that belongs to the section is loaded; nil for one that does not, or is not loaded.
    public func address(ofByteAt place: UInt64) -> UInt64? {
        holds(place) && address > 0 ? address &+ (place - offset) : nil
    }

    /// Whether the section is loaded at an address.
    package func holds(address place: UInt64) -> Bool { place >= address && place - address < size }

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
