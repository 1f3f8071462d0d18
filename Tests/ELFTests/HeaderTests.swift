import ELF
import TestSupport
import Testing

/// The file header: System V gABI, chapter 4, and what Linux requires (fs/binfmt_elf.c, load_elf_phdrs).
@Suite struct HeaderTests {
    private func fault(_ bytes: [UInt8]) -> ELFError? {
        do throws(ELFError) { _ = try ELFImage(bytes) } catch { return error }
        return nil
    }

    @Test func theFieldsOfALittleEndian64BitFile() throws {
        var builder = ELFBuilder()
        builder.flags = 0x0102_0304
        builder.osABI = 3
        let header = try ELFImage(builder.bytes).header
        #expect(header.elfClass == .bits64 && header.byteOrder == .little)
        #expect(header.type == .executable && header.machine == .x86_64 && header.osABI == .gnu)
        #expect(header.flags == 0x0102_0304)
        #expect(header.entry == 0x40_1000)
        #expect(header.programHeaderOffset == 64)
        #expect(header.programHeaderSize == 56 && header.programHeaderCount == 1)
    }

    /// Every class with every byte order; the numbers are as wide, and as ordered, as the identification says.
    @Test(arguments: [(UInt8(1), UInt8(1)), (1, 2), (2, 1), (2, 2)])
    func classAndByteOrderAreRespected(elfClass: UInt8, byteOrder: UInt8) throws {
        var builder = ELFBuilder()
        builder.elfClass = elfClass
        builder.byteOrder = byteOrder
        builder.machine = 8
        builder.flags = 0x7000_1007
        let image = try ELFImage(builder.bytes)
        #expect(image.header.elfClass.rawValue == elfClass && image.header.byteOrder.rawValue == byteOrder)
        #expect(image.header.machine == .mips && image.header.flags == 0x7000_1007)
        #expect(image.header.entry == 0x40_1000)
        #expect(image.segments.map(\.address) == [0x40_0000])
        #expect(image.segments.first?.flags == [.readable, .executable])
        #expect(image.size == builder.bytes.count)
    }

    @Test(arguments: [
        (offset: 0, value: UInt8(0), reason: ELFError.Reason.notELF, at: 0), (1, 0x65, .notELF, 0),
        (4, 0, .wrongClass(0), 4), (4, 3, .wrongClass(3), 4),
        (4, 1, .contradictoryClass(1, headerBits: 64), 4), (5, 2, .wrongVersion(.header, 0x100_0000), 20),
        (5, 0, .wrongByteOrder(0), 5),
        (5, 3, .wrongByteOrder(3), 5), (6, 0, .wrongVersion(.identification, 0), 6),
        (20, 2, .wrongVersion(.header, 2), 20), (54, 32, .wrongProgramHeaderSize(32, required: 56), 54),
        (54, 64, .wrongProgramHeaderSize(64, required: 56), 54), (56, 0, .noProgramHeaders, 56),
    ])
    func anErrorNamesTheFieldAndItsOffset(offset: Int, value: UInt8, reason: ELFError.Reason, at place: Int) throws {
        let error = try #require(fault(ELFBuilder.staticProgram().with([value], at: offset)))
        #expect(error.reason == reason)
        #expect(error.offset == place)
    }

    @Test func anErrorSaysWhatIsWrongWhereAndWhatToDo() {
        #expect(
            fault(ELFBuilder.staticProgram().with([32], at: 54))?.description
                == "e_phentsize is 32, and the kernel accepts only 56 (at byte 0x36); build or download the file again")
        #expect(
            fault(Array("#!/bin/sh".utf8))?.description
                == "the file does not begin with the ELF magic number (at byte 0x0); name a program for Linux")
    }

    /// The kernel reads at most 64 KiB of program headers: 1170 of 56 bytes are enough, 1171 are not.
    @Test(arguments: [(1170, false), (1171, true), (0xffff, true)])
    func theKernelReads64KiBOfProgramHeaders(count: Int, isRefused: Bool) {
        var bytes = ELFBuilder.staticProgram() + [UInt8](repeating: 0, count: 4 << 20)
        bytes.put([UInt8(count & 0xff), UInt8(count >> 8)], at: 56)
        #expect((fault(bytes)?.reason == .tooManyProgramHeaders(count)) == isRefused)
    }

    @Test func aTableBehindTheEndOfTheFileIsTruncated() {
        let bytes = ELFBuilder.staticProgram()
        for offset in [[0xff, 0xff, 0xff], [UInt8](repeating: 0xff, count: 8)] as [[UInt8]] {
            let error = fault(bytes.with(offset, at: 32))
            #expect(error?.reason == .endsInProgramHeaders(count: 1) && error?.offset == bytes.count)
        }
    }

    /// The header, then the table of one program header: anything shorter cannot be read.
    @Test func everyTruncationOfTheHeadersIsAnError() {
        let bytes = ELFBuilder.staticProgram()
        for length in 0..<(64 + 56) {
            let reason = fault(Array(bytes.prefix(length)))?.reason
            let expected: ELFError.Reason =
                length < 4 ? .notELF : length < 64 ? .endsInHeader : .endsInProgramHeaders(count: 1)
            #expect(reason == expected, "\(length) bytes")
        }
        #expect(fault(Array(bytes.prefix(64 + 56))) == nil)
    }

    /// ET_REL and ET_CORE have no program headers that a kernel would read, and e_phentsize 0 is usual.
    @Test(arguments: [UInt16(1), 4]) func objectsAndCoresNeedNoProgramHeaders(type: UInt16) throws {
        var builder = ELFBuilder()
        builder.type = type
        let image = try ELFImage(builder.bytes.with([0, 0, 0, 0], at: 54))
        #expect(!image.header.isProgramOrSharedObject)
        #expect(image.segments.isEmpty && image.loads.isEmpty)
    }

    @Test func unknownValuesSurviveAndPrint() throws {
        var builder = ELFBuilder()
        builder.type = 0xfe00
        builder.machine = 0x9026
        builder.osABI = 97
        let header = try ELFImage(builder.bytes).header
        #expect("\(header.type)" == "ET_0xfe00")
        #expect("\(header.machine)" == "EM_36902")
        #expect("\(header.osABI)" == "OS/ABI 97")
    }

    @Test(arguments: [
        (ObjectType.relocatable, "ET_REL"), (.executable, "ET_EXEC"), (.dynamic, "ET_DYN"), (.core, "ET_CORE"),
    ])
    func typesPrintAsTheSpecificationNamesThem(type: ObjectType, name: String) { #expect("\(type)" == name) }

    /// The values of elf.h.
    @Test(arguments: [
        (Machine.i386, UInt16(3), "EM_386"), (.mips, 8, "EM_MIPS"), (.ppc64, 21, "EM_PPC64"), (.s390, 22, "EM_S390"),
        (.arm, 40, "EM_ARM"), (.x86_64, 62, "EM_X86_64"), (.aarch64, 183, "EM_AARCH64"), (.riscv, 243, "EM_RISCV"),
        (.loongarch, 258, "EM_LOONGARCH"),
    ])
    func machinesHaveTheNumbersOfTheSpecification(machine: Machine, number: UInt16, name: String) {
        #expect(machine.rawValue == number && "\(machine)" == name)
    }
}
