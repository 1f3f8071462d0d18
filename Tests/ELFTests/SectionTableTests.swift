import TestSupport
import Testing

@testable import ELF

/// The section header table as chapter 4 of the gABI ("Sections") describes it.
@Suite struct SectionTableTests {
    private static func builder(elfClass: UInt8) -> ELFBuilder {
        var builder = ELFBuilder()
        builder.elfClass = elfClass
        builder.machine = elfClass == 2 ? 62 : 3
        builder.sections = [ELFBuilder.Section(".text", offset: 0x1000, size: 9)]
        return builder
    }

    /// The fields of the file header, by class: e_shoff, e_shentsize, e_shnum, e_shstrndx.
    private struct Fields {
        let elfClass: UInt8
        var table: Int { elfClass == 2 ? 40 : 32 }
        var entrySize: Int { elfClass == 2 ? 58 : 46 }
        var count: Int { elfClass == 2 ? 60 : 48 }
        var names: Int { elfClass == 2 ? 62 : 50 }
        var size: Int { elfClass == 2 ? 64 : 40 }
    }

    private func defect(_ bytes: [UInt8]) throws -> SectionTableDefect? { try ELFImage(bytes).sectionTableDefect }

    @Test(arguments: [1, 2] as [UInt8]) func aWholeTableIsSound(_ elfClass: UInt8) throws {
        #expect(try defect(Self.builder(elfClass: elfClass).bytes) == nil)
    }

    /// Stripping tools set e_shoff to 0; what the other fields hold does not matter then.
    @Test(arguments: [1, 2] as [UInt8]) func aFileWithoutATableIsSound(_ elfClass: UInt8) throws {
        let fields = Fields(elfClass: elfClass)
        let bytes = Self.builder(elfClass: elfClass).bytes.with([UInt8](repeating: 0, count: 8), at: fields.table)
        #expect(try defect(bytes) == nil)
        #expect(try defect(bytes.with([1, 0, 5, 0, 7, 0], at: fields.entrySize)) == nil)
    }

    @Test(arguments: [1, 2] as [UInt8]) func aCutTableIsADefect(_ elfClass: UInt8) throws {
        let bytes = Self.builder(elfClass: elfClass).bytes
        for missing in [1, 40, 64, 100, 500] {
            let cut = Array(bytes.dropLast(missing))
            guard case .endsInTable(_, cut.count) = try defect(cut) else {
                Issue.record("\(missing) bytes are missing: \(String(describing: try defect(cut)))")
                continue
            }
        }
    }

    @Test(arguments: [1, 2] as [UInt8]) func eachFieldIsChecked(_ elfClass: UInt8) throws {
        let fields = Fields(elfClass: elfClass)
        let bytes = Self.builder(elfClass: elfClass).bytes
        let table = bytes.count - 3 * fields.size
        #expect(
            try defect(bytes.with([41, 0], at: fields.entrySize)) == .wrongEntrySize(41, required: fields.size))
        #expect(try defect(bytes.with([3, 0], at: fields.names)) == .noNameTable(index: 3, count: 3))
        #expect(try defect(bytes.with([0, 0], at: fields.count)) == .empty)
        #expect(try defect(bytes.with([1], at: table + 4)) == .firstNotEmpty)
        #expect(try defect(bytes.with([UInt8](repeating: 0xff, count: 4), at: fields.table)) != nil)
    }

    /// "If the number of sections is 0xff00 or more, e_shnum is 0 and the number is in sh_size of entry 0"; e_shstrndx likewise
    /// moves to sh_link.
    @Test(arguments: [1, 2] as [UInt8]) func theFirstEntryHoldsWhatTheHeaderCannot(_ elfClass: UInt8) throws {
        let fields = Fields(elfClass: elfClass)
        var bytes = Self.builder(elfClass: elfClass).bytes
        let table = bytes.count - 3 * fields.size
        bytes.put([0, 0, 0xff, 0xff], at: fields.count)
        bytes.put([3], at: table + (elfClass == 2 ? 32 : 20))
        bytes.put([2], at: table + (elfClass == 2 ? 40 : 24))
        #expect(try defect(bytes) == nil)
        #expect(
            try defect(bytes.with([9], at: table + (elfClass == 2 ? 40 : 24))) == .noNameTable(index: 9, count: 3))
    }
}
