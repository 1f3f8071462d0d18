/// An undefined symbol, which a library must define.
public struct ImportedSymbol: Sendable, Hashable {
    /// The name of the symbol.
    public let name: String
    /// The library that must define it; nil if the file does not say.
    public let library: String?
}

/// A section header. Section headers can be stripped or lie: no verdict of *ready* depends on one.
public struct Section: Sendable, Hashable {
    /// The name; empty if it cannot be read.
    public let name: String
    /// `sh_type`.
    public let type: UInt32
    /// `sh_size`, in bytes; 0 for SHT_NOBITS, which takes no bytes of the file.
    public let size: UInt64
    /// `sh_offset`, in bytes from the start of the file.
    public let offset: UInt64
    /// `sh_addr`, a virtual address; 0 if the section is not loaded.
    public let address: UInt64

    /// The range in a file of some size; nil if it is empty or the file ends before it does.
    public func range(inFileOf fileSize: Int) -> Range<Int>? {
        let (end, overflow) = offset.addingReportingOverflow(size)
        guard !overflow, size > 0, end <= UInt64(fileSize) else { return nil }
        return Int(offset)..<Int(end)
    }

    /// The virtual address of a byte of the file; nil if the byte is not in the section, or the section is not loaded.
    public func address(ofByteAt place: UInt64) -> UInt64? {
        holds(place) && address > 0 ? address &+ (place - offset) : nil
    }

    /// Whether the section is loaded at an address.
    package func holds(address place: UInt64) -> Bool { place >= address && place - address < size }

    /// Whether the byte at an offset in the file is in the section.
    public func holds(_ place: UInt64) -> Bool { place >= offset && place - offset < size }
}

extension Section {
    /// Whether `-s -w` leaves the section out: `.symtab`, `.strtab` and DWARF.
    fileprivate var isDebugData: Bool {
        name == ".symtab" || name == ".strtab" || name.hasPrefix(".debug_") || name.hasPrefix(".zdebug_")
    }
}

extension ELFImage {
    /// The size of symbols and debug data in bytes; at most the size of the file.
    public var debugDataSize: Int {
        sections.filter(\.isDebugData).reduce(0) { min(size, $0 + min(size, Int(clamping: $1.size))) }
    }
}
