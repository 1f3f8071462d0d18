public import ELF

/// What the ELF header of a program for a GOARCH must contain.
public struct MachineKind: Sendable, Hashable {
    /// The `GOARCH`.
    public let goarch: String
    /// The class.
    public let elfClass: ELFClass
    /// The byte order.
    public let byteOrder: ByteOrder
    /// The machine.
    public let machine: Machine

    /// Every GOARCH that has a Linux port, with the header that Go's linker writes (cmd/link/internal/ld/elf.go).
    public static let all: [MachineKind] = [
        MachineKind("386", .bits32, .little, .i386),
        MachineKind("amd64", .bits64, .little, .x86_64),
        MachineKind("arm", .bits32, .little, .arm),
        MachineKind("arm64", .bits64, .little, .aarch64),
        MachineKind("loong64", .bits64, .little, .loongarch),
        MachineKind("mips", .bits32, .big, .mips),
        MachineKind("mipsle", .bits32, .little, .mips),
        MachineKind("mips64", .bits64, .big, .mips),
        MachineKind("mips64le", .bits64, .little, .mips),
        MachineKind("ppc64", .bits64, .big, .ppc64),
        MachineKind("ppc64le", .bits64, .little, .ppc64),
        MachineKind("riscv64", .bits64, .little, .riscv),
        MachineKind("s390x", .bits64, .big, .s390),
    ]

    private init(_ goarch: String, _ elfClass: ELFClass, _ byteOrder: ByteOrder, _ machine: Machine) {
        self.goarch = goarch
        self.elfClass = elfClass
        self.byteOrder = byteOrder
        self.machine = machine
    }

    /// The kind for a GOARCH.
    public static func of(goarch: String) -> MachineKind? { all.first { $0.goarch == goarch } }

    /// The kind of a header; nil if no Linux port of Go has this class, byte order and machine.
    public static func of(_ header: ELFHeader) -> MachineKind? {
        all.first {
            $0.elfClass == header.elfClass && $0.byteOrder == header.byteOrder && $0.machine == header.machine
        }
    }

    /// Whether a program for this machine can have these `e_flags`.
    ///
    /// - Parameters:
    ///   - flags: `e_flags` of a header.
    ///   - softFloat: Whether soft float was asked for; nil if it does not matter.
    public func accepts(flags: UInt32, softFloat: Bool?) -> Bool {
        switch machine {
        case .arm:
            // EF_ARM_EABIMASK is 0xff000000. Linux supports only version 5. 0x400 is hard float (AAPCS VFP).
            return flags & 0xff00_0000 == 0x0500_0000 && !(softFloat == true && flags & 0x400 != 0)
        case .ppc64:
            // EF_PPC64_ABI: 1 is ELFv1 (big endian), 2 is ELFv2, 0 is unspecified.
            return byteOrder == .big ? flags & 3 <= 2 : flags & 3 != 1
        case .riscv:
            // EF_RISCV_RVE is 0x8: sixteen registers, which 64-bit Linux does not support.
            return flags & 0x8 == 0
        case .mips:
            // EF_MIPS_ABI2 0x20 is N32; EF_MIPS_ABI 0xf000 is 0x1000 for O32, and another for O64 and EABI. The 32-bit kernel
            // refuses all but O32 (arch/mips/include/asm/elf.h).
            return elfClass == .bits64 || flags & 0x20 == 0 && [0, 0x1000].contains(flags & 0xf000)
        case .loongarch:
            // EF_LOONGARCH_ABI_MODIFIER: with bit 2, ILP32.
            return flags & 0x4 == 0
        default:
            return true
        }
    }
}
