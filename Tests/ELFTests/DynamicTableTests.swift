import ELF
import TestSupport
import Testing

/// The dynamic table as the loader reads it: System V gABI, chapter 5, "Dynamic Section".
@Suite struct DynamicTableTests {
    private func builder(_ entries: [ELFBuilder.DynamicEntry]) -> ELFBuilder {
        var builder = ELFBuilder()
        builder.type = 3
        builder.dynamic = entries
        return builder
    }

    private func table(_ bytes: [UInt8]) throws -> DynamicTable {
        try #require(try ELFImage(bytes).dynamicTables.first)
    }

    @Test(arguments: [(UInt8(1), UInt8(1)), (1, 2), (2, 1), (2, 2)])
    func entriesAreReadUpToTheNullEntry(elfClass: UInt8, byteOrder: UInt8) throws {
        var builder = builder([.needed("libc.so.6"), .value(30, 8)])
        builder.elfClass = elfClass
        builder.byteOrder = byteOrder
        let table = try table(builder.bytes)
        #expect(table.entries.map(\.tag.rawValue) == [1, 30, 5, 10])
        #expect(table.entries.map(\.name) == ["libc.so.6", nil, nil, nil])
        #expect(table.defects.isEmpty)
    }

    /// Each of these makes glibc's loader open a file (elf/dl-deps.c, elf/rtld.c).
    @Test(arguments: [
        (Int64(1), "DT_NEEDED"), (0x7fff_fffd, "DT_AUXILIARY"), (0x7fff_ffff, "DT_FILTER"), (0x6fff_fefc, "DT_AUDIT"),
        (0x6fff_fefb, "DT_DEPAUDIT"),
    ])
    func entriesThatOpenAFileAreLibraries(tag: Int64, name: String) throws {
        let table = try table(builder([.text(tag, "libx.so")]).bytes)
        #expect(table.libraries.map { "\($0.tag) \($0.name)" } == ["\(name) libx.so"])
    }

    /// DT_SONAME, DT_RPATH and DT_RUNPATH hold text, and open nothing by themselves.
    @Test(arguments: [Int64(14), 15, 29]) func othersAreNot(tag: Int64) throws {
        let table = try table(builder([.text(tag, "text")]).bytes)
        #expect(table.libraries.isEmpty)
        #expect(table.entries.first?.name == "text")
    }

    @Test(arguments: [(UInt64(0x0800_0000), true), (0x0800_0001, true), (0x1, false), (0, false)])
    func theFlagForPIEMarksAProgram(flags: UInt64, isProgram: Bool) throws {
        let table = try table(builder([.value(0x6fff_fffb, flags)]).bytes)
        #expect(table.isPositionIndependentExecutable == isProgram)
    }

    @Test func anUnknownTagSurvivesAndPrints() throws {
        let entry = try #require(try table(builder([.value(0x6fff_4242, 7)]).bytes).entries.first)
        #expect("\(entry.tag)" == "DT_0x6fff4242" && entry.value == 7)
    }

    /// The loader walks memory, not the file: p_offset may lie, p_vaddr counts.
    @Test func theTableIsFoundByItsAddress() throws {
        let good = builder([.needed("libhidden.so")])
        let index = try #require(try ELFImage(good.bytes).segments.firstIndex { $0.kind == .dynamic })
        let lying = good.bytes.with(good.word(0x10), at: good.offset(ofSegment: index) + 8)
        let table = try table(lying)
        #expect(table.libraries.map(\.name) == ["libhidden.so"])
        #expect(table.defects == ["the offset of PT_DYNAMIC does not match its address"])
    }

    @Test func aTableOutsideOfEveryLoadIsADefect() throws {
        let good = builder([.needed("libhidden.so")])
        let index = try #require(try ELFImage(good.bytes).segments.firstIndex { $0.kind == .dynamic })
        let table = try table(good.bytes.with(good.word(0x9000_0000), at: good.offset(ofSegment: index) + 16))
        #expect(table.entries.isEmpty)
        #expect(table.defects == ["PT_DYNAMIC is not inside a PT_LOAD"])
    }

    @Test func aNameOutsideOfTheStringTableIsADefect() throws {
        let table = try table(builder([.value(1, 1 << 30)]).bytes)
        #expect(table.libraries.map(\.name) == [""], "it still makes the loader open something")
        #expect(table.defects.count == 1)
    }

    @Test func aTableWithoutEndIsADefect() throws {
        let entries = [ELFBuilder.DynamicEntry](repeating: .value(21, 0), count: 5000)
        let table = try table(builder(entries).bytes)
        #expect(table.entries.count == 4096)
        #expect(table.defects.first == "the dynamic table has no DT_NULL in its first 4096 entries")
    }

    @Test func aFileWithoutDynamicSegmentHasNoTable() throws {
        #expect(try ELFImage(ELFBuilder.staticProgram()).dynamicTables.isEmpty)
    }
}
