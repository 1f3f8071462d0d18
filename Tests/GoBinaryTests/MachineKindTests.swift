import ELF
import GoBinary
import TestSupport
import Testing

/// Which headers belong to which GOARCH: Go cmd/link/internal/ld/elf.go.
@Suite struct MachineKindTests {
    private func header(_ elfClass: UInt8, _ byteOrder: UInt8, _ machine: UInt16) throws -> ELFHeader {
        var builder = ELFBuilder()
        builder.elfClass = elfClass
        builder.byteOrder = byteOrder
        builder.machine = machine
        return try ELFImage(builder.bytes).header
    }

    @Test(arguments: [
        ("386", UInt8(1), UInt8(1), UInt16(3)), ("amd64", 2, 1, 62), ("arm", 1, 1, 40), ("arm64", 2, 1, 183),
        ("loong64", 2, 1, 258), ("mips", 1, 2, 8), ("mipsle", 1, 1, 8), ("mips64", 2, 2, 8), ("mips64le", 2, 1, 8),
        ("ppc64", 2, 2, 21), ("ppc64le", 2, 1, 21), ("riscv64", 2, 1, 243), ("s390x", 2, 2, 22),
    ])
    func aHeaderTellsItsGOARCH(goarch: String, elfClass: UInt8, byteOrder: UInt8, machine: UInt16) throws {
        #expect(MachineKind.of(try header(elfClass, byteOrder, machine))?.goarch == goarch)
        #expect(MachineKind.of(goarch: goarch)?.machine.rawValue == machine)
    }

    /// x32, big-endian arm, 32-bit riscv, and a machine that Go does not have.
    @Test(arguments: [(UInt8(1), UInt8(1), UInt16(62)), (1, 2, 40), (1, 1, 243), (2, 1, 9)])
    func otherCombinationsAreNoPlatformOfGo(elfClass: UInt8, byteOrder: UInt8, machine: UInt16) throws {
        #expect(MachineKind.of(try header(elfClass, byteOrder, machine)) == nil)
    }

    @Test(
        arguments: [
            ("arm", UInt32(0x0500_0000), nil, true), ("arm", 0x0500_0400, false, true),
            ("arm", 0x0500_0400, true, false),
            ("arm", 0x0400_0000, nil, false), ("arm", 0, nil, false), ("ppc64le", 2, nil, true),
            ("ppc64le", 1, nil, false),
            ("ppc64", 1, nil, true), ("ppc64", 3, nil, false), ("riscv64", 5, nil, true), ("riscv64", 8, nil, false),
            ("amd64", 0xffff, nil, true),
        ] as [(String, UInt32, Bool?, Bool)])
    func flagsThatContradictTheABIAreRefused(goarch: String, flags: UInt32, softFloat: Bool?, isAccepted: Bool) {
        #expect(MachineKind.of(goarch: goarch)?.accepts(flags: flags, softFloat: softFloat) == isAccepted)
    }
}
