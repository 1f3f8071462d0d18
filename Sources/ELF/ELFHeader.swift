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
            throw ELFError(.notELF, at: 0)
        }
        guard fileSize >= 52 else { throw ELFError(.endsInHeader, at: fileSize) }
        guard let elfClass = ELFClass(rawValue: bytes[4]) else {
            throw ELFError(.wrongClass(bytes[4]), at: 4)
        }
        guard let byteOrder = ByteOrder(rawValue: bytes[5]) else {
            throw ELFError(.wrongByteOrder(bytes[5]), at: 5)
        }
        guard bytes[6] == 1 else { throw ELFError(.wrongVersion(.identification, UInt64(bytes[6])), at: 6) }
        guard fileSize >= elfClass.headerSize else { throw ELFError(.endsInHeader, at: fileSize) }
        let reader = ByteReader(bytes[...], byteOrder)
        // The size of the file was checked above, so no field is missing.
        func field(_ offset: Int, _ size: Int) -> UInt64 { reader.number(at: offset, size: size) ?? 0 }
        let wide = elfClass == .bits64
        let version = field(20, 4)
        guard version == 1 else { throw ELFError(.wrongVersion(.header, version), at: 20) }
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
            throw ELFError(.contradictoryClass(bytes[4], headerBits: wide ? 32 : 64), at: 4)
        }
    }

    /// The largest number of section headers that is read; `e_shnum` counts up to 0xff00 (gABI, "ELF Header").
    static let maximumSections: UInt64 = 0xff00

    /// Checks the number of section headers, which is in the first of them if `e_shnum` is 0.
    ///
    /// - Parameters:
    ///   - head: The first bytes of the file.
    ///   - read: Returns the bytes of a range of the file; nil if they cannot be read.
    func checkSectionCount(
        _ head: ArraySlice<UInt8>, read: (Range<Int>) -> ArraySlice<UInt8>?
    ) throws(ELFError) {
        let wide = elfClass == .bits64
        let reader = ByteReader(head, byteOrder)
        guard reader.number(at: wide ? 60 : 48, size: 2) == 0,
            let table = reader.number(at: wide ? 40 : 32, size: wide ? 8 : 4), table != 0
        else { return }
        // sh_size of the first section header.
        let place = Int(clamping: table).addingReportingOverflow(wide ? 32 : 20)
        let size = wide ? 8 : 4
        guard !place.overflow, place.partialValue < Int.max - size,
            let field = read(place.partialValue..<place.partialValue + size),
            let count = ByteReader(field, byteOrder).number(at: 0, size: size), count > ELFHeader.maximumSections
        else { return }
        throw ELFError(.tooManySections(count), at: place.partialValue)
    }

    /// Checks the program header table as Linux does (`load_elf_phdrs` in fs/binfmt_elf.c).
    func checkProgramHeaderTable(fileSize: Int) throws(ELFError) {
        let wide = elfClass == .bits64
        let required = elfClass.programHeaderSize
        guard Int(programHeaderSize) == required else {
            throw ELFError(
                .wrongProgramHeaderSize(Int(programHeaderSize), required: required), at: wide ? 54 : 42)
        }
        let count = Int(programHeaderCount)
        let countOffset = wide ? 56 : 44
        guard count > 0 else { throw ELFError(.noProgramHeaders, at: countOffset) }
        let tableSize = count * required
        guard tableSize <= 65536 else { throw ELFError(.tooManyProgramHeaders(count), at: countOffset) }
        guard programHeaderOffset <= UInt64(fileSize), UInt64(tableSize) <= UInt64(fileSize) - programHeaderOffset
        else { throw ELFError(.endsInProgramHeaders(count: count), at: fileSize) }
    }
}
