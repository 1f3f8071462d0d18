import ELF
import Testing

@testable import Proving

/// getauxval(3) and <elf.h>: AT_NULL 0, AT_PHDR 3, AT_BASE 7, AT_ENTRY 9, AT_HWCAP 16, AT_SYSINFO 32.
@Suite struct AuxiliaryVectorTests {
    private func bytes(_ words: [UInt64], _ elfClass: ELFClass, _ byteOrder: ByteOrder) -> [UInt8] {
        words.flatMap { word in
            let bytes = (0..<elfClass.bits / 8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) }
            return byteOrder == .big ? bytes.reversed() : bytes
        }
    }

    @Test(arguments: [ELFClass.bits32, .bits64], [ByteOrder.little, .big])
    func theEntryIsThatBehindALoader(elfClass: ELFClass, byteOrder: ByteOrder) {
        func entry(_ words: [UInt64]) -> UInt64? {
            AuxiliaryVector(bytes(words, elfClass, byteOrder), elfClass, byteOrder).entryBehindLoader
        }
        #expect(entry([3, 0x40_0040, 7, 0x7f00_0000, 9, 0x40_1000, 0, 0]) == 0x40_1000)
        // A static program.
        #expect(entry([3, 0x40_0040, 7, 0, 9, 0x40_1000, 0, 0]) == nil)
        #expect(entry([3, 0x40_0040, 9, 0x40_1000, 0, 0]) == nil)
        // Behind the end, and cut off.
        #expect(entry([7, 0x7f00_0000, 0, 0, 9, 0x40_1000]) == nil)
        #expect(entry([7, 0x7f00_0000, 9]) == nil)
        #expect(entry([]) == nil)
    }

    @Test(arguments: [ELFClass.bits32, .bits64]) func theKernelsWordsHaveTheSizeOfTheProgram(elfClass: ELFClass) {
        let words: [UInt64] = [elfClass == .bits32 ? 32 : 33, 0xf7f0_0000, 16, 1, 7, 0xf7f1_0000, 9, 0x40_1000, 0, 0]
        #expect(AuxiliaryVector(ofKernel: bytes(words, elfClass, .little)).entryBehindLoader == 0x40_1000)
    }
}
