/// The file header of an ELF file, with each field as the file has it.
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

    /// Whether `e_type` is ET_EXEC or ET_DYN, the only types that the kernel starts.
    public var isProgramOrSharedObject: Bool { type == .executable || type == .dynamic }

    /// The first four bytes of every ELF file (`ELFMAG`).
    public static let magic: [UInt8] = [0x7f, 0x45, 0x4c, 0x46]

    /// Reads the header without libelf, which accepts a wrong `EI_CLASS`, `e_phentsize` or `e_version`.
    ///
    /// - Parameter head: The first 64 bytes of the file, or all if it is shorter.
    init(_ head: ArraySlice<UInt8>, fileSize: Int) throws(ELFError) {
        let bytes = Array(head.prefix(64))
        guard bytes.starts(with: ELFHeader.magic) else {
            throw ELFError(.notELF, at: 0, "the file does not begin with the ELF magic number")
        }
        guard fileSize >= 52 else { throw ELFError(.truncated, at: fileSize, "the file ends within its ELF header") }
        guard let elfClass = ELFClass(rawValue: bytes[4]) else {
            throw ELFError(.unusualHeader, at: 4, "EI_CLASS is \(bytes[4]), neither 32 nor 64 bit")
        }
        guard let byteOrder = ByteOrder(rawValue: bytes[5]) else {
            throw ELFError(.unusualHeader, at: 5, "EI_DATA is \(bytes[5]), neither little nor big endian")
        }
        guard bytes[6] == 1 else { throw ELFError(.unusualHeader, at: 6, "EI_VERSION is \(bytes[6]), not 1") }
        guard fileSize >= elfClass.headerSize else {
            throw ELFError(.truncated, at: fileSize, "the file ends within its ELF header")
        }
        let reader = ByteReader(bytes[...], byteOrder)
        // The size of the file was checked above, so no field is missing.
        func field(_ offset: Int, _ size: Int) -> UInt64 { reader.number(at: offset, size: size) ?? 0 }
        let wide = elfClass == .bits64
        let version = field(20, 4)
        guard version == 1 else { throw ELFError(.unusualHeader, at: 20, "e_version is \(version), not 1") }
        self.elfClass = elfClass
        self.byteOrder = byteOrder
        self.osABI = OSABI(rawValue: bytes[7])
        self.type = ObjectType(rawValue: UInt16(field(16, 2)))
        self.machine = Machine(rawValue: UInt16(field(18, 2)))
        self.entry = field(24, wide ? 8 : 4)
        self.programHeaderOffset = wide ? field(32, 8) : field(28, 4)
        self.flags = UInt32(field(wide ? 48 : 36, 4))
        self.programHeaderSize = UInt16(field(wide ? 54 : 42, 2))
        self.programHeaderCount = UInt16(field(wide ? 56 : 44, 2))
        // The x86 kernel goes by e_machine, and not by EI_CLASS.
        let otherSize = field(wide ? 42 : 54, 2)
        if isProgramOrSharedObject, Int(programHeaderSize) != elfClass.programHeaderSize, otherSize == (wide ? 32 : 56)
        {
            throw ELFError(
                .unusualHeader, at: 4, "EI_CLASS is \(bytes[4]), but the header is that of a \(wide ? 32 : 64)-bit file"
            )
        }
    }

    /// Checks the program header table as Linux does (`load_elf_phdrs` in fs/binfmt_elf.c).
    func checkProgramHeaderTable(fileSize: Int) throws(ELFError) {
        let wide = elfClass == .bits64
        guard Int(programHeaderSize) == elfClass.programHeaderSize else {
            throw ELFError(
                .invalidHeader, at: wide ? 54 : 42,
                "e_phentsize is \(programHeaderSize), and the kernel accepts only \(elfClass.programHeaderSize)")
        }
        let count = Int(programHeaderCount)
        let countOffset = wide ? 56 : 44
        guard count > 0 else {
            throw ELFError(.invalidHeader, at: countOffset, "the file has no program headers (e_phnum is 0)")
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
            throw ELFError(.truncated, at: fileSize, "the file ends before the end of its \(count) program headers")
        }
    }
}
