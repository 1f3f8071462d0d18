import Foundation
import TestSupport
import Testing

@testable import ScratchImage

/// What is written is what Python's tarfile and GNU tar read.
@Suite struct TarWriterTests {
    private struct Read: Decodable, Equatable {
        var name: String
        var type = "0"
        var mode: Int
        var size = 0
        var time = 1_000_000_000
        var link = ""
        var owner = "0:0::"
    }

    /// The members as Python reads them.
    private func read(_ entries: [TarEntry], time: Int = 1_000_000_000) throws -> [Read] {
        let archive = try Archive(TarWriter.archive(entries, time: time))
        let script = """
            import json, sys, tarfile
            print(json.dumps([dict(name=m.name, type=m.type.decode(), mode=m.mode, size=m.size, time=m.mtime,
                link=m.linkname, owner=f"{m.uid}:{m.gid}:{m.uname}:{m.gname}") for m in tarfile.open(sys.argv[1])]))
            """
        return try JSONDecoder().decode([Read].self, from: Data(Python.run(script, [archive.name]).utf8))
    }

    private func listing(_ entries: [TarEntry], time: Int = 1_000_000_000) throws -> [String] {
        let archive = try Archive(TarWriter.archive(entries, time: time))
        let result = try Execution(
            "tar", ["--utc", "--numeric-owner", "--full-time", "-tvf", archive.name],
            environment: ["LC_ALL": "C.UTF-8"])
        #expect(result.errors.isEmpty)
        return result.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    }

    @Test func gnuTarReadsFilesFoldersAndLinks() throws {
        let long = String(repeating: "folder-with-a-long-name/", count: 12) + "file"
        let entries: [TarEntry] = [
            .folder("etc"), .file("etc/passwd", Array("root\n".utf8)), .folder("tmp", mode: 0o1777),
            TarEntry("up", .link("../" + long), mode: 0o777), .file(long, [1, 2, 3], mode: 0o555), .file("größe", []),
        ]
        #expect(
            try listing(entries) == [
                "dr-xr-xr-x 0/0 0 2001-09-09 01:46:40 etc/", "-r--r--r-- 0/0 5 2001-09-09 01:46:40 etc/passwd",
                "drwxrwxrwt 0/0 0 2001-09-09 01:46:40 tmp/", "lrwxrwxrwx 0/0 0 2001-09-09 01:46:40 up -> ../\(long)",
                "-r-xr-xr-x 0/0 3 2001-09-09 01:46:40 \(long)", "-r--r--r-- 0/0 0 2001-09-09 01:46:40 größe",
            ])
    }

    /// USTAR holds 100 bytes of a name, with a prefix 256; every longer name gets a pax header.
    @Test(arguments: [1, 99, 100, 101, 154, 155, 156, 255, 256, 257, 1000])
    func aNameOfAnyLengthIsReadBack(_ length: Int) throws {
        let name = String(repeating: "n", count: length)
        #expect(try read([.file(name, [1])]) == [Read(name: name, mode: 0o444, size: 1)])
        #expect(try read([.folder(name)]) == [Read(name: name, type: "5", mode: 0o555)])
    }

    @Test(arguments: [1, 99, 100, 101, 256, 4095]) func aLinkTargetOfAnyLengthIsReadBack(_ length: Int) throws {
        let target = String(repeating: "t", count: length)
        #expect(
            try read([TarEntry("link", .link(target), mode: 0o777)]) == [
                Read(name: "link", type: "2", mode: 0o777, link: target)
            ])
    }

    /// Bytes count, not characters: ä is two bytes of UTF-8.
    @Test(arguments: [49, 50, 51, 128]) func aNameOfSeveralBytesForEachCharacterIsReadBack(_ length: Int) throws {
        let name = String(repeating: "ä", count: length)
        #expect(try read([.file(name, [])]).map(\.name) == [name])
    }

    /// A header has seven octal digits for an owner; greater numbers get a pax header.
    @Test(arguments: [
        ("65532", "65532:65532"), ("2097151:2097152", "2097151:2097152"), ("2147483646:1", "2147483646:1"),
    ])
    func theOwnerOfAWritableFolderIsReadBack(_ user: String, _ owner: String) throws {
        let folder = TarEntry.folder(try WritableFolder("/data"), of: try #require(UserNumbers(user)))
        #expect(try read([folder]) == [Read(name: "data", type: "5", mode: 0o755, owner: owner + "::")])
    }

    @Test(arguments: [0o000, 0o444, 0o555, 0o644, 0o755, 0o1777, 0o4755, 0o7777] as [UInt32])
    func permissionBitsAreReadBack(_ mode: UInt32) throws {
        #expect(try read([.file("f", [], mode: mode)]).map(\.mode) == [Int(mode)])
    }

    @Test(arguments: [0, 1, 1_000_000_000, 4_294_967_296, 8_589_934_591]) func theTimeIsReadBack(_ time: Int) throws {
        #expect(try read([.file("f", [])], time: time).map(\.time) == [time])
    }

    @Test func aTimeBefore1970IsWrittenAs1970() throws {
        #expect(try read([.file("f", [])], time: -1).map(\.time) == [0])
    }

    @Test func entriesKeepTheirOrder() throws {
        let names = ["z", "a", "m", "b"]
        #expect(try read(names.map { .file($0, []) }).map(\.name) == names)
    }

    @Test func theOwnerIsRootByNumberAndHasNoName() throws {
        #expect(try read([.file("f", []), .folder("d")]).allSatisfy { $0.owner == "0:0::" })
    }

    @Test(arguments: [0, 1, 511, 512, 513, 1023, 1024, 1025]) func everyContentIsPaddedToABlock(_ size: Int) throws {
        let content = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
        let archive = TarWriter.archive([.file("a", content), .file("b", [7])], time: 0)
        #expect(archive.count % 512 == 0)
        let script = """
            import sys, tarfile
            print([list(tar.extractfile(m).read()) for tar in [tarfile.open(sys.argv[1])] for m in tar])
            """
        let file = try Archive(archive)
        let output = try Python.run(script, [file.name])
        #expect(output == "[\(content), [7]]\n")
    }

    /// POSIX: at least two blocks of zeros end an archive.
    @Test func twoEmptyBlocksEndTheArchive() {
        #expect(TarWriter.archive([], time: 0) == [UInt8](repeating: 0, count: 1024))
        #expect(TarWriter.archive([.file("f", [1])], time: 0).suffix(1024).allSatisfy { $0 == 0 })
    }

    @Test func foldersAreAddedAboveFilesAndSortedBeforeThem() {
        let entries = TarEntry.complete([.file("b/c/d", []), .file("a", []), .folder("b", mode: 0o700)])
        #expect(entries.map(\.path) == ["a", "b", "b/c", "b/c/d"])
        #expect(entries.map(\.mode) == [0o444, 0o700, 0o555, 0o444])
    }

    /// In bytes, not as a locale sorts: Z is before a, and both are before ä.
    @Test func entriesAreSortedByTheBytesOfTheirNames() {
        #expect(TarEntry.complete([.file("ä", []), .file("a", []), .file("Z", [])]).map(\.path) == ["Z", "a", "ä"])
    }
}
