import ELF
import Files
import Foundation
import GoBinary
import SystemPackage
import TestSupport
import Testing
import Verification

/// What is read of an open file is enough for the word on the whole of it.
@Suite struct OpenJudgementTests {
    private static let samples = Checkout.root.appending(path: "TestBinaries/out").path

    /// Programs and libraries that others made.
    private static let foreign = ["/usr/bin", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"].flatMap {
        folder in
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().prefix(80).map {
            "\(folder)/\($0)"
        }
    }

    private func agree(on path: String, pieceSize: Int = 1 << 14) throws {
        let whole = try FileSnapshot(FilePath(path))
        let read = Subject(whole.bytes, expected: nil, permissions: whole.permissions)
        let (open, judgement) = try Policy.standard.judge(OpenFile(FilePath(path), pieceSize: pieceSize), expected: nil)
        #expect(judgement.findings == Policy.standard.judge(read).findings, "\(path)")
        #expect(open.platform == read.platform, "\(path)")
        #expect(open.buildInfo == read.buildInfo, "\(path)")
        #expect(open.functions == read.functions, "\(path)")
    }

    @Test func onTheSamples() throws {
        let files = FileTree(below: FilePath(Self.samples)).files.map(\.string)
        #expect(files.count > 100)
        for path in files { try agree(on: path) }
    }

    @Test func onFilesOfTheSystem() throws {
        let files = Self.foreign.filter { FilePath($0).isFile }
        #expect(files.count > 100)
        for path in files { try agree(on: path) }
    }

    /// The section header points into the file's text; the runtime's own reference does not.
    @Test(arguments: ["go-linux-amd64", "go-net-cgo", "go-cgo-static"]) func aSectionThatLiesAboutTheLineTable(
        sample: String
    ) throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "program").path
        let original = Checkout.sample(sample)
        let arguments = [
            "--rename-section", ".gopclntab=.other", "--rename-section", ".rodata=.gopclntab", original, path,
        ]
        #expect(try Execution("objcopy", arguments).status == 0)
        try agree(on: path)
    }

    /// A 64-bit little-endian file in which some sections claim another place or size.
    private func bytes(ofSample name: String, whereSections names: [String], claim fields: [Int: UInt64]) throws
        -> [UInt8]
    {
        var bytes = try Checkout.bytes(ofSample: name)
        let table = (0..<8).reduce(0) { $0 | Int(bytes[40 + $1]) << (8 * $1) }
        for (index, section) in try ELFImage(bytes).sections.enumerated() where names.contains(section.name) {
            // libelf leaves out the first header, which stands for no section.
            for (field, value) in fields { bytes.put(value, at: table + (index + 1) * 64 + field) }
        }
        return bytes
    }

    @Test(arguments: [
        [24: UInt64.max - 111, 32: 4], [24: 1 << 63, 32: 8], [24: 64, 32: UInt64.max], [32: 1], [24: 0, 32: 1 << 40],
    ]) func aSectionWithAWildPlace(fields: [Int: UInt64]) throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: "program")
        try Data(bytes(ofSample: "go-linux-amd64", whereSections: [".gopclntab"], claim: fields)).write(to: place)
        #expect(chmod(place.path, 0o755) == 0)
        try agree(on: place.path)
    }

    @Test func aLineTableWithWildOffsets() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: "program")
        var bytes = try Checkout.bytes(ofSample: "go-linux-amd64")
        let table = try #require(try ELFImage(bytes).sections.first { $0.name == ".gopclntab" })
        bytes.replaceSubrange(Int(table.offset) + 56..<Int(table.offset) + 64, with: [UInt8](repeating: 0xff, count: 8))
        try Data(bytes).write(to: place)
        #expect(chmod(place.path, 0o755) == 0)
        try agree(on: place.path)
    }

    @Test func thePartsOfAFileAddUpThoughSectionsLie() throws {
        let bytes = try bytes(
            ofSample: "go-linux-amd64", whereSections: [".rodata", ".typelink", ".itablink"], claim: [32: 1 << 63])
        #expect(Subject(bytes, expected: nil).sizes?.total == bytes.count)
    }

    /// A table without any name is planted where the program can write, with a word that holds its address.
    @Test func aPlantedTableDoesNotEndTheReading() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: "program")
        let sample = Checkout.sample("c-static-pie-run-path")
        let rename = ["--rename-section", ".comment=.gopclntab", sample, place.path]
        #expect(try Execution("objcopy", rename).status == 0)
        var bytes = Array(try Data(contentsOf: place))
        let image = try ELFImage(bytes)
        let data = try #require(image.segments.first { $0.kind == .load && $0.flags.contains(.writable) })
        let room = stride(from: Int(data.offset + 7) / 8 * 8, to: Int(data.offset + data.fileSize) - 80, by: 8)
        let hole = try #require(room.first { bytes[$0..<$0 + 80].allSatisfy { $0 == 0 } })
        // All tables begin and end where the header does.
        bytes.putLineTable(at: hole, names: 72...72, files: 72...72)
        bytes.put(data.address + UInt64(hole) - data.offset, at: hole + 72)
        let index = try #require(image.sections.firstIndex { $0.name == ".gopclntab" })
        let header = (0..<8).reduce(0) { $0 | Int(bytes[40 + $1]) << (8 * $1) } + (index + 1) * 64
        bytes.put(UInt64(hole), at: header + 24)
        bytes.put(72, at: header + 32)
        try Data(bytes).write(to: place)
        let judged = try Policy.standard.judge(OpenFile(FilePath(place.path)), expected: nil)
        #expect(judged.subject.lineTable != nil)
        #expect(judged.judgement.findings.map(\.rule).contains("run-path"))
    }

    /// One that lies behind what only begins like a table, and holds another in its header's shadow: the first that is whole
    /// is the program's.
    @Test func tablesInEachOthersWay() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: "program")
        var bytes = try Checkout.bytes(ofSample: "c-static")
        let code = try #require(ELFImage(bytes).segments.first { $0.kind == .load && $0.flags.contains(.executable) })
        let first = (Int(code.offset) + 0x2000) / 8 * 8
        bytes.replaceSubrange(first..<first + 1024, with: [UInt8](repeating: 0, count: 1024))
        bytes.putLineTable(at: first, names: 0...0, files: 0...0)
        bytes.putLineTable(at: first + 64, names: 200...600, files: 600...800)
        bytes.putLineTable(at: first + 144, names: 72...72, files: 72...72)
        bytes.replaceSubrange(first + 265..<first + 275, with: Array("_cgo_panic".utf8))
        try Data(bytes).write(to: place)
        #expect(chmod(place.path, 0o755) == 0)
        try agree(on: place.path)
        let subject = try Policy.standard.judge(OpenFile(FilePath(place.path)), expected: nil).subject
        #expect(subject.functions == [.panicFromC])
    }

    @Test func aFileThatShrinksMeanwhileIsAnError() throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "program").path
        try FileManager.default.copyItem(atPath: Checkout.sample("c-static"), toPath: path)
        let file = try OpenFile(FilePath(path))
        #expect(truncate(path, 5000) == 0)
        #expect(throws: FileError.self) { try Policy.standard.judge(file, expected: nil) }
    }
}

extension [UInt8] {
    /// Writes eight bytes, the least significant first.
    fileprivate mutating func put(_ value: UInt64, at offset: Int) {
        for index in 0..<8 { self[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(index))) }
    }

    /// Writes the header of a line table: magic number, instruction size 1, words of 8 bytes; then where the name tables
    /// begin and end.
    fileprivate mutating func putLineTable(
        at offset: Int, names: ClosedRange<UInt64>, files: ClosedRange<UInt64>
    ) {
        put(0x0801_0000_ffff_fff1, at: offset)
        for (word, value) in zip(4..., [names.lowerBound, names.upperBound, files.lowerBound, files.upperBound]) {
            put(value, at: offset + word * 8)
        }
    }
}
