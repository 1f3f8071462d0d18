/// The addresses that every Linux kernel of an architecture gives a program, whatever its configuration.
///
/// The numbers are `TASK_SIZE` of the ports (arch/*/include/asm/processor.h) with the smallest address space that a
/// common configuration has: 3 GiB for 32-bit x86 and arm, 39 bits for arm64 and loong64, Sv39 for riscv64.
struct AddressSpace {
    /// The first address that no program has.
    let end: UInt64
    /// The largest alignment that the kernel gives a program without fixed addresses: beyond it the place that it computes
    /// is address 0 (`ELF_ET_DYN_BASE`).
    let largestAlignment: UInt64

    /// Where segments must end: the kernel puts the stack above, at a random place, before it maps any of them.
    var endOfSegments: UInt64 { end - end / 16 }

    private static let ends: [String: UInt64] = [
        "386": 0xc000_0000, "amd64": 0x7fff_ffff_f000, "arm": 0xbf00_0000, "arm64": 1 << 39, "loong64": 1 << 39,
        "mips": 0x7fff_8000, "mipsle": 0x7fff_8000, "mips64": 1 << 40, "mips64le": 1 << 40, "ppc64": 1 << 46,
        "ppc64le": 1 << 46, "riscv64": 1 << 38, "s390x": 1 << 42,
    ]

    /// The address space of an architecture; nil if it has no Linux port.
    init?(goarch: String) {
        guard let end = AddressSpace.ends[goarch] else { return nil }
        self.end = end
        // ELF_ET_DYN_BASE is two thirds of a 64-bit address space, and 4 MiB of a 32-bit one.
        largestAlignment = end > UInt64(UInt32.max) ? 1 << (63 - UInt64((end / 3 * 2).leadingZeroBitCount)) : 1 << 22
    }
}
