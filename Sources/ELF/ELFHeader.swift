/// The file header of an ELF file, each field as it stands in the file.
public struct ELFHeader: Sendable, Hashable {
    /// `EI_CLASS`.
    public let elfClass: ELFClass
    /// `EI_DATA`.
    public let byteOrder: ByteOrder
    /// `EI_OSABI`.
    public let osABI: OSABI
    /// `e_type`.
    public let type: ObjectType
    /// `e_machine`.
    public let machine: Machine
    /// `e_flags`.
    public let flags: UInt32
    /// `e_entry`, a virtual address.
    public let entry: UInt64
    /// `e_phoff`, a file offset.
    public let programHeaderOffset: UInt64
    /// `e_phentsize`, in bytes.
    public let programHeaderSize: UInt16
    /// `e_phnum`.
    public let programHeaderCount: UInt16

    /// Whether the file claims to be something that a kernel can start.
    public var isProgramOrSharedObject: Bool { type == .executable || type == .dynamic }

    /// The first four bytes of every ELF file (`ELFMAG`).
    public static let magic: [UInt8] = [0x7f, 0x45, 0x4c, 0x46]

    /// Reads the header by hand: libelf takes a wrong `EI_CLASS`, `e_phentsize` or `e_version` without a word.
    ///
    /// - Parameter bytes: The first bytes of the file, 64 of them where it has so many.
    init(_ bytes: [UInt8], fileSize: Int) throws(ELFError) {
        guard bytes.starts(with: ELFHeader.magic) else {
            throw ELFError(.notELF, at: 0, "the file does not begin with the ELF magic number")
        }
        guard fileSize >= 52 else { throw ELFError(.truncated, at: fileSize, "the file ends in its ELF header") }
        guard let elfClass = ELFClass(rawValue: bytes[4]) else {
            throw ELFError(.invalidHeader, at: 4, "EI_CLASS is \(bytes[4]), neither 32 nor 64 bit")
        }
        guard let byteOrder = ByteOrder(rawValue: bytes[5]) else {
            throw ELFError(.invalidHeader, at: 5, "EI_DATA is \(bytes[5]), neither little nor big endian")
        }
        guard bytes[6] == 1 else { throw ELFError(.invalidHeader, at: 6, "EI_VERSION is \(bytes[6]), not 1") }
        guard fileSize >= elfClass.headerSize else {
            throw ELFError(.truncated, at: fileSize, "the file ends in its ELF header")
        }
        let field = FieldReader(bytes: bytes, byteOrder: byteOrder)
        let wide = elfClass == .bits64
        let version = field.uint32(20)
        guard version == 1 else { throw ELFError(.invalidHeader, at: 20, "e_version is \(version), not 1") }
        self.elfClass = elfClass
        self.byteOrder = byteOrder
        self.osABI = OSABI(rawValue: bytes[7])
        self.type = ObjectType(rawValue: field.uint16(16))
        self.machine = Machine(rawValue: field.uint16(18))
        self.entry = wide ? field.uint64(24) : UInt64(field.uint32(24))
        self.programHeaderOffset = wide ? field.uint64(32) : UInt64(field.uint32(28))
        self.flags = field.uint32(wide ? 48 : 36)
        self.programHeaderSize = field.uint16(wide ? 54 : 42)
        self.programHeaderCount = field.uint16(wide ? 56 : 44)
    }

    /// Demands of the program header table what Linux demands (`load_elf_phdrs` in fs/binfmt_elf.c).
    func checkProgramHeaderTable(fileSize: Int) throws(ELFError) {
        let wide = elfClass == .bits64
        guard Int(programHeaderSize) == elfClass.programHeaderSize else {
            throw ELFError(
                .invalidHeader, at: wide ? 54 : 42,
                "e_phentsize is \(programHeaderSize), and the kernel takes only \(elfClass.programHeaderSize)")
        }
        let count = Int(programHeaderCount)
        let countOffset = wide ? 56 : 44
        guard count > 0 else {
            throw ELFError(.invalidHeader, at: countOffset, "there is no program header (e_phnum is 0)")
        }
        guard count != 0xffff else {
            throw ELFError(.invalidHeader, at: countOffset, "e_phnum is PN_XNUM, which no kernel starts")
        }
        let tableSize = count * elfClass.programHeaderSize
        guard tableSize <= 65536 else {
            throw ELFError(
                .invalidHeader, at: countOffset, "\(count) program headers are more than the 64 KiB the kernel reads")
        }
        guard programHeaderOffset <= UInt64(fileSize), UInt64(tableSize) <= UInt64(fileSize) - programHeaderOffset
        else {
            throw ELFError(.truncated, at: fileSize, "the file ends before its \(count) program headers do")
        }
    }
}

/// Reads numbers at offsets that the caller has checked against the size of the file.
struct FieldReader {
    let bytes: [UInt8]
    let byteOrder: ByteOrder

    func uint16(_ offset: Int) -> UInt16 { UInt16(truncatingIfNeeded: number(offset, 2)) }
    func uint32(_ offset: Int) -> UInt32 { UInt32(truncatingIfNeeded: number(offset, 4)) }
    func uint64(_ offset: Int) -> UInt64 { number(offset, 8) }

    private func number(_ offset: Int, _ size: Int) -> UInt64 {
        let field = bytes[offset..<offset + size]
        let mostSignificantFirst = byteOrder == .big ? Array(field) : field.reversed()
        return mostSignificantFirst.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
