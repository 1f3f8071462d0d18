import GoBinary
import TestSupport
import Testing
import Verification

/// What Linux requires of program headers and entry point (`load_elf_binary` in fs/binfmt_elf.c), on files made by hand.
@Suite struct LoadRuleTests {
    private typealias Segment = ELFBuilder.Segment

    private static func errors(_ bytes: [UInt8]) -> [Finding] {
        Policy.standard.judge(Subject(bytes, expected: nil, permissions: 0o755)).findings.filter { $0.level == .error }
    }

    private static func rules(_ builder: ELFBuilder) -> Set<String> { Set(errors(builder.bytes).map(\.rule)) }

    private static func program(_ more: Segment...) -> ELFBuilder {
        var builder = ELFBuilder()
        builder.moreSegments = more
        return builder
    }

    /// A position-independent program, whose dynamic table marks it as such.
    private static func independentProgram(_ more: Segment...) -> ELFBuilder {
        var builder = program()
        builder.type = 3
        builder.base = 0
        builder.dynamic = [.pie]
        builder.moreSegments = more
        return builder
    }

    private static func zeroed(at address: UInt64, size: UInt64, flags: UInt32 = 4) -> Segment {
        Segment(type: 1, flags: flags, offset: 0, address: address, fileSize: 0, memorySize: size)
    }

    /// The address space of amd64 ends at 0x7ffffffff000 (TASK_SIZE); the stack takes what is below.
    @Test(arguments: [
        (address: UInt64(0x5000_0000), size: UInt64(0x1000), isRefused: false), (0x7ffe_0000_0000, 0x1000, true),
        (0x7fff_ffff_f000, 0, true), (0x8000_0000_0000, 0x1000, true), (1 << 63, 0x1000, true),
        (0x5000_0000, 0x7fff_ffff_0000, true), (UInt64.max - 0xfff, 0x1000, true),
    ]) func aSegmentLiesInTheAddressSpace(address: UInt64, size: UInt64, isRefused: Bool) {
        #expect(Self.rules(Self.program(Self.zeroed(at: address, size: size))).contains("not-loadable") == isRefused)
    }

    /// The same address is beyond the end on a 32-bit machine, and inside on a 64-bit one.
    @Test(arguments: [
        (machine: UInt16(3), elfClass: UInt8(1), isRefused: true), (40, 1, true), (62, 2, false), (183, 2, false),
    ]) func eachMachineHasItsAddressSpace(machine: UInt16, elfClass: UInt8, isRefused: Bool) {
        var builder = Self.program(Self.zeroed(at: 0xd000_0000, size: 0x1000))
        builder.machine = machine
        builder.elfClass = elfClass
        builder.flags = machine == 40 ? 0x500_0000 : 0
        #expect(Self.rules(builder).contains("not-loadable") == isRefused)
    }

    @Test(arguments: [(size: UInt64(0x4_0000_0000), isRefused: false), (0x4_0000_1000, true), (0x100_0000_0000, true)])
    func moreMemoryThanMachinesHaveIsRefused(size: UInt64, isRefused: Bool) {
        let rules = Self.rules(Self.program(Self.zeroed(at: 0x5000_0000, size: size, flags: 6)))
        #expect(rules.contains("memory-demand") == isRefused)
    }

    /// The code is on the page at 0x401000; a later segment with other bytes of the file takes the whole page.
    @Test func aLaterSegmentOnThePageOfTheCodeIsRefused() {
        let other = Segment(type: 1, flags: 5, offset: 0x800, address: 0x40_1800, fileSize: 0x10)
        #expect(
            Self.errors(Self.program(other).bytes).map(\.message.description).contains { $0.contains("share a page") })
    }

    /// The same bytes with the same rights: nothing is lost.
    @Test func aLaterSegmentThatKeepsThePageIsAccepted() {
        var builder = Self.program(Segment(type: 1, flags: 7, offset: 0x1800, address: 0x40_1800, fileSize: 0x10))
        builder.code += [UInt8](repeating: 0x90, count: 0x810 - builder.code.count)
        // The first segment ends before the second begins, on one page.
        let bytes = builder.bytes.with([0, 0x18], at: 64 + 32).with([0, 0x18], at: 64 + 40)
        #expect(Self.errors(bytes).isEmpty)
        #expect(!Self.errors(bytes.with([4], at: 64 + 56 + 4)).isEmpty, "without the right to execute")
    }

    @Test func aProgramWithoutFixedAddressesIsPlacedByItsFirstSegment() {
        #expect(Self.rules(Self.independentProgram()).isEmpty)
        var empty = Self.independentProgram().bytes
        // p_type of PT_DYNAMIC and p_filesz of the first PT_LOAD.
        empty.put([UInt8](repeating: 0, count: 8), at: 64 + 32)
        #expect(Self.errors(empty).map(\.rule).contains("not-loadable"))
    }

    @Test(arguments: [
        Segment(type: 1, offset: 0, address: 0x6000_0000_0000, fileSize: 0x10),
        Segment(type: 1, flags: 6, offset: 0, address: 0x10_0000, fileSize: 0x10, alignment: 1 << 47),
    ]) func aProgramWithoutFixedAddressesFindsAPlace(segment: ELFBuilder.Segment) {
        #expect(Self.rules(Self.independentProgram(segment)).contains("not-loadable"))
    }

    @Test func segmentsOfSuchAProgramAreInOrder() {
        let later = Segment(type: 1, offset: 0, address: 0x30_0000, fileSize: 0x10)
        let earlier = Segment(type: 1, offset: 0, address: 0x20_0000, fileSize: 0x10)
        #expect(Self.rules(Self.independentProgram(earlier, later)).isEmpty)
        #expect(Self.rules(Self.independentProgram(later, earlier)).contains("not-loadable"))
        #expect(
            Self.rules(Self.program(Self.zeroed(at: 0x9000_0000, size: 8), Self.zeroed(at: 0x8000_0000, size: 8)))
                .isEmpty)
    }

    /// arch/arm/kernel/elf.c, elf_check_arch: odd for Thumb, else a multiple of 4.
    @Test(arguments: [(distance: UInt64(0), isRefused: false), (1, false), (2, true), (3, false), (4, false)])
    func theEntryPointOfArmIsAlignedOrThumb(distance: UInt64, isRefused: Bool) {
        var builder = ELFBuilder()
        builder.machine = 40
        builder.elfClass = 1
        builder.flags = 0x500_0200
        builder.entry = builder.base + UInt64(builder.codeOffset) + distance
        #expect(Self.rules(builder).contains("not-loadable") == isRefused)
    }

    /// EF_MIPS_ABI2 (N32), and EF_MIPS_ABI for O32, O64 and EABI32 (MIPS ELF supplement; arch/mips/include/asm/elf.h).
    @Test(arguments: [
        (flags: UInt32(0x5000_1004), isRefused: false), (0x7000_0000, false), (0x5000_0024, true), (0x5000_2004, true),
        (0x5000_3004, true),
    ]) func onlyO32IsMIPS(flags: UInt32, isRefused: Bool) {
        var builder = ELFBuilder()
        builder.machine = 8
        builder.elfClass = 1
        builder.flags = flags
        #expect(Self.rules(builder).contains("wrong-platform") == isRefused)
    }

    /// LoongArch ELF psABI, EF_LOONGARCH_ABI_MODIFIER_MASK: 1 to 3 are LP64, 5 to 7 ILP32.
    @Test(arguments: [(flags: UInt32(0x43), isRefused: false), (0x41, false), (0x45, true), (0x47, true)])
    func onlyLP64IsLoongArch64(flags: UInt32, isRefused: Bool) {
        var builder = ELFBuilder()
        builder.machine = 258
        builder.flags = flags
        #expect(Self.rules(builder).contains("wrong-platform") == isRefused)
    }

    /// A segment whose offset and address agree modulo 4 KiB, but not modulo 64 KiB.
    @Test(arguments: [
        (machine: UInt16(183), flags: UInt32(0), isWarned: true), (258, 0x43, true), (21, 2, true), (62, 0, false),
        (243, 4, false),
    ]) func pagesOf64KiBAreAWarningWhereKernelsHaveThem(machine: UInt16, flags: UInt32, isWarned: Bool) {
        var builder = Self.program(Segment(type: 1, flags: 6, offset: 0x1000, address: 0x50_2000, fileSize: 8))
        builder.machine = machine
        builder.flags = flags
        let judgement = Policy.standard.judge(Subject(builder.bytes, expected: nil, permissions: 0o755))
        #expect(judgement.verdict == .ready)
        #expect(judgement.findings.contains { $0.rule == "page-size" && $0.level == .warning } == isWarned)
    }

    @Test func sectionHeadersContradictAMovedEntryPoint() {
        var builder = ELFBuilder()
        builder.sections = [.init(".text", offset: UInt64(builder.codeOffset), size: 9)]
        #expect(Self.rules(builder).isEmpty)
        builder.entry = builder.base + 0x100
        #expect(Self.rules(builder) == ["moved-entry"])
    }

    /// Fields that the x86 kernel does not look at: the message must not claim an error of exec.
    @Test(arguments: [(offset: 4, value: UInt8(1)), (4, 0), (5, 0), (6, 0), (20, 2)])
    func noErrorIsClaimedThatTheKernelDoesNotGive(
        offset: Int, value: UInt8
    ) throws {
        let finding = try #require(Self.errors(ELFBuilder.staticProgram().with([value], at: offset)).first)
        #expect(finding.rule == "not-loadable")
        #expect(finding.message.description.hasPrefix("no linker writes such a header"))
    }

    /// arm64 reads PT_GNU_PROPERTY (parse_elf_properties); x86 does not.
    @Test(arguments: [(machine: UInt16(183), isRefused: true), (62, false)]) func arm64ReadsPropertyNotes(
        machine: UInt16, isRefused: Bool
    ) {
        var builder = Self.program(Segment(type: 0x6474_e553, offset: 0, address: 0x40_0000, fileSize: 0x20))
        builder.machine = machine
        #expect(Self.rules(builder).contains("not-loadable") == isRefused)
    }
}
