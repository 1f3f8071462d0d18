import ELF
import GoBinary
import TestSupport
import Testing

/// Go's own tables in a file: debug/buildinfo and runtime/symtab.go.
@Suite struct GoTablesTests {
    private func tables(_ bytes: [UInt8]) throws -> GoTables { GoTables(in: bytes, of: try ELFImage(bytes)) }

    private func tables(_ change: (inout GoProgram) -> Void = { _ in }) throws -> GoTables {
        var program = GoProgram()
        change(&program)
        return try tables(program.bytes)
    }

    @Test func theBuildInfoIsReadLineByLine() throws {
        let info = try #require(
            try tables {
                $0.info = [
                    "path\texample.com/m/cmd/app", "mod\texample.com/m\tv1.2.3\th1:abc=",
                    "dep\texample.com/a\tv0.1.0\th1:x=",
                    "dep\texample.com/b\tv0.2.0", "=>\texample.com/fork\tv0.2.1\th1:y=", "build\tCGO_ENABLED=0",
                    "build\t-ldflags=\"-s -w -X main.v=\\\"1\\\"\"", "build\tvcs.revision=abc",
                ]
            }.buildInfo)
        #expect(info.goVersion == "go1.22.1" && info.path == "example.com/m/cmd/app")
        #expect(info.main?.path == "example.com/m" && info.main?.version == "v1.2.3" && info.main?.sum == "h1:abc=")
        #expect(info.dependencies.map(\.path) == ["example.com/a", "example.com/fork"])
        #expect(info.dependencies.map(\.sum) == ["h1:x=", "h1:y="])
        #expect(info.settings["-ldflags"] == "-s -w -X main.v=\"1\"")
        #expect(info.settings["vcs.revision"] == "abc")
        #expect(info.packageURL?.text() == "pkg:golang/example.com/m@v1.2.3#cmd/app")
    }

    @Test func thePlatformIsThatOfTheSettings() throws {
        #expect(try tables().buildInfo?.platform?.description == "linux/amd64")
        #expect(try tables { $0.info = ["path\tm", "build\tGOOS=linux"] }.buildInfo?.platform == nil)
    }

    /// Length, version and frame: whatever is broken, there is no build info, and no trap.
    @Test(arguments: [14, 15, 32, 33, 40, 41]) func aBrokenBlobIsNoBuildInfo(offset: Int) throws {
        let program = GoProgram()
        var bytes = program.bytes
        let start = try #require(try ELFImage(bytes).sections.first { $0.name == ".go.buildinfo" }).offset
        for place in offset..<offset + 5 where place >= offset { bytes[Int(start) + place] = 0xff }
        if offset == 14 { bytes[Int(start) + 15] = 0 }
        if offset == 15 { bytes[Int(start) + 15] = 0 }
        #expect(try tables(bytes).buildInfo == nil)
    }

    /// Go aligns the blob to 16 bytes; the same bytes elsewhere are text.
    @Test func theBlobStandsAtAMultipleOfSixteen() throws {
        var program = GoProgram()
        program.file.data = []
        let blob = program.buildInfo
        var builder = ELFBuilder()
        builder.data = [UInt8](repeating: 0, count: 8) + blob + [UInt8](repeating: 0, count: 64)
        #expect(try tables(builder.bytes).buildInfo == nil)
        builder.data = [UInt8](repeating: 0, count: 16) + blob + [UInt8](repeating: 0, count: 64)
        #expect(try tables(builder.bytes).buildInfo?.goVersion == "go1.22.1")
    }

    @Test(arguments: ["go1.18", "devel go1.28-abc"]) func releasesAndDevelopmentVersionsCount(version: String) throws {
        #expect(try tables { $0.version = version }.buildInfo?.goVersion == version)
    }

    @Test func anotherVersionTextDoesNot() throws { #expect(try tables { $0.version = "1.22" }.buildInfo == nil) }

    /// Every class and byte order has its own magic number and word size.
    @Test(arguments: [(UInt8(1), UInt8(1)), (1, 2), (2, 1), (2, 2)])
    func theLineTableNamesTheFunctions(elfClass: UInt8, byteOrder: UInt8) throws {
        let table = try #require(
            try tables {
                $0.file.elfClass = elfClass
                $0.file.byteOrder = byteOrder
                $0.functions = ["runtime.main", "main.main", "main.mainly"]
            }.lineTable)
        let wanted: Set = ["main.main", "main.mai", "ain.main", "runtime.main", "absent"]
        #expect(table.functions(among: wanted) == ["main.main", "runtime.main"])
        #expect(
            table.functionSizes.map { String(decoding: $0.name, as: UTF8.self) } == [
                "runtime.main", "main.main", "main.mainly",
            ])
        #expect(table.functionSizes.map(\.size) == [16, 16, 16])
    }

    @Test func sectionsAreNotNeeded() throws {
        #expect(try tables(GoProgram().bytesWithoutSections).lineTable != nil)
    }

    @Test func withoutItsAddressInDataTheFirstTableCounts() throws {
        #expect(try tables { $0.holdsAddress = false }.lineTable != nil)
    }

    /// A program that embeds another one holds two tables. The runtime keeps the address of its own.
    @Test func theTableThatDataPointsToIsThePrograms() throws {
        var inner = GoProgram()
        inner.functions = ["inner.main"]
        var outer = GoProgram()
        outer.functions = ["outer.main"]
        // The embedded table stands first, in padding before the program's own.
        let embedded = inner.lineTable + [UInt8](repeating: 0, count: (8 - inner.lineTable.count % 8) % 8)
        var builder = ELFBuilder()
        builder.code = [UInt8](repeating: 0x90, count: 16) + embedded + outer.lineTable
        let address = builder.base + UInt64(builder.codeOffset + 16 + embedded.count)
        builder.data = builder.word(0) + builder.word(address) + [UInt8](repeating: 0, count: 64)
        let table = try #require(try tables(builder.bytes).lineTable)
        #expect(table.functions(among: ["inner.main", "outer.main"]) == ["outer.main"])
    }

    /// The words behind the magic number: counts, the start of the text, and five offsets.
    @Test(arguments: 3...6) func offsetsThatDoNotFitMakeNoTable(word: Int) throws {
        let program = GoProgram()
        let wild = program.bytes.with([UInt8](repeating: 0xff, count: 8), at: program.tableOffset + 8 + word * 8)
        #expect(try tables(wild).lineTable == nil)
    }

    @Test func aCountOfFunctionsWithoutRoomGivesNoSizes() throws {
        let program = GoProgram()
        let wild = program.bytes.with([0xff, 0xff, 0xff, 0xff], at: program.tableOffset + 8)
        let table = try #require(try tables(wild).lineTable)
        #expect(table.functionSizes.isEmpty)
        #expect(table.functions(among: ["main.main"]) == ["main.main"])
    }

    @Test(
        arguments: [
            (["example.com/m/main.go"], nil), (["m/a.go", "/home/me/m/b.go", "/c.go"], "/home/me/m/b.go"),
        ] as [([String], String?)])
    func anAbsolutePathShowsThatPathsWereNotTrimmed(files: [String], path: String?) throws {
        #expect(try tables { $0.files = files }.lineTable?.absoluteSourcePath == path)
    }

    @Test func aProgramOfAnotherCompilerHasNone() throws {
        let tables = try tables(ELFBuilder.staticProgram())
        #expect(tables.lineTable == nil && tables.buildInfo == nil)
    }

    /// The packages of a module that another one replaces keep their import paths (https://go.dev/ref/mod#go-mod-file-replace).
    @Test(arguments: ["=>\texample.com/fork\tv0.2.1\th1:y=", "=>\t../b\t(devel)\t"])
    func theCodeOfAReplacedModuleIsItsOwn(replacement: String) throws {
        var program = GoProgram()
        program.functions += ["example.com/b/v2/part.F"]
        program.info += ["dep\texample.com/b/v2\tv2.2.0", replacement]
        let image = try ELFImage(program.bytes)
        let tables = GoTables(in: program.bytes, of: image)
        let parts = SizeBreakdown(of: image, lineTable: tables.lineTable, buildInfo: tables.buildInfo).parts
        #expect(parts.first { $0.name == "example.com/b/v2/part" }?.module == "example.com/b/v2")
    }

    @Test func thePartsOfAFileAddUpToIt() throws {
        let bytes = GoProgram().bytes
        let image = try ELFImage(bytes)
        let tables = GoTables(in: bytes, of: image)
        let sizes = SizeBreakdown(of: image, lineTable: tables.lineTable, buildInfo: tables.buildInfo)
        #expect(sizes.total == bytes.count)
        #expect(sizes.parts.contains { $0.name == "example.com/m" && $0.size == 16 && $0.module == "example.com/m" })
        #expect(sizes.parts.contains { $0.name == "runtime" && $0.module == "std" })
    }
}
