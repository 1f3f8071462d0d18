/// The class of an ELF file: the width of its addresses (`EI_CLASS`, gABI "ELF Identification").
public enum ELFClass: UInt8, Sendable, Hashable {
    /// `ELFCLASS32`.
    case bits32 = 1
    /// `ELFCLASS64`.
    case bits64 = 2

    /// The size in bytes of one program header, which the kernel requires in `e_phentsize`.
    public var programHeaderSize: Int { self == .bits64 ? 56 : 32 }

    /// The size in bytes of the file header.
    public var headerSize: Int { self == .bits64 ? 64 : 52 }

    /// The size in bytes of one dynamic entry.
    public var dynamicEntrySize: Int { self == .bits64 ? 16 : 8 }

    /// The number of bits of an address.
    public var bits: Int { self == .bits64 ? 64 : 32 }
}

/// The byte order of an ELF file (`EI_DATA`).
public enum ByteOrder: UInt8, Sendable, Hashable {
    /// `ELFDATA2LSB`.
    case little = 1
    /// `ELFDATA2MSB`.
    case big = 2
}

/// The object type (`e_type`). Unknown values are kept, and print as numbers.
public struct ObjectType: RawRepresentable, Sendable, Hashable {
    /// The value in the file.
    public let rawValue: UInt16
    /// Wraps a value of a file.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// `ET_REL`, a relocatable object.
    public static let relocatable = ObjectType(rawValue: 1)
    /// `ET_EXEC`, a program at fixed addresses.
    public static let executable = ObjectType(rawValue: 2)
    /// `ET_DYN`, a shared object or a position-independent program.
    public static let dynamic = ObjectType(rawValue: 3)
    /// `ET_CORE`, a memory image of a process.
    public static let core = ObjectType(rawValue: 4)
}

extension ObjectType: CustomStringConvertible {
    /// The name in the specification, such as `ET_EXEC`.
    public var description: String {
        let names = ["ET_NONE", "ET_REL", "ET_EXEC", "ET_DYN", "ET_CORE"]
        return Int(rawValue) < names.count ? names[Int(rawValue)] : "ET_0x\(String(rawValue, radix: 16))"
    }
}

/// The machine (`e_machine`). Unknown values are kept, and print as numbers.
public struct Machine: RawRepresentable, Sendable, Hashable {
    /// The value in the file.
    public let rawValue: UInt16
    /// Wraps a value of a file.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// `EM_386`.
    public static let i386 = Machine(rawValue: 3)
    /// `EM_MIPS`.
    public static let mips = Machine(rawValue: 8)
    /// `EM_PPC64`.
    public static let ppc64 = Machine(rawValue: 21)
    /// `EM_S390`.
    public static let s390 = Machine(rawValue: 22)
    /// `EM_ARM`.
    public static let arm = Machine(rawValue: 40)
    /// `EM_X86_64`.
    public static let x86_64 = Machine(rawValue: 62)
    /// `EM_AARCH64`.
    public static let aarch64 = Machine(rawValue: 183)
    /// `EM_RISCV`.
    public static let riscv = Machine(rawValue: 243)
    /// `EM_LOONGARCH`.
    public static let loongarch = Machine(rawValue: 258)
}

extension Machine: CustomStringConvertible {
    private static let names: [Machine: String] = [
        .i386: "EM_386", .mips: "EM_MIPS", .ppc64: "EM_PPC64", .s390: "EM_S390", .arm: "EM_ARM",
        .x86_64: "EM_X86_64", .aarch64: "EM_AARCH64", .riscv: "EM_RISCV", .loongarch: "EM_LOONGARCH",
    ]

    /// The name in the specification, such as `EM_X86_64`.
    public var description: String { Machine.names[self] ?? "EM_\(rawValue)" }
}

/// The operating system that a file claims to be for (`EI_OSABI`). Unknown values are kept, and print as numbers.
public struct OSABI: RawRepresentable, Sendable, Hashable {
    /// The value in the file.
    public let rawValue: UInt8
    /// Wraps a value of a file.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `ELFOSABI_NONE`, what Go and most compilers write for Linux.
    public static let none = OSABI(rawValue: 0)
    /// `ELFOSABI_GNU`, Linux with GNU extensions (indirect functions).
    public static let gnu = OSABI(rawValue: 3)
}

extension OSABI: CustomStringConvertible {
    private static let names: [UInt8: String] = [
        0: "System V", 2: "NetBSD", 3: "GNU/Linux", 6: "Solaris", 9: "FreeBSD", 12: "OpenBSD",
    ]

    /// The common name of the system, such as `FreeBSD`.
    public var description: String { OSABI.names[rawValue] ?? "OS/ABI \(rawValue)" }
}
