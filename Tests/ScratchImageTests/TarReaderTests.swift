import Files
import Foundation
import TestSupport
import Testing

@testable import ScratchImage

/// What GNU tar and Python's tarfile write is what is read.
@Suite struct TarReaderTests {
    @Test(arguments: ["gnu", "pax", "ustar", "v7"]) func gnuTarsFormatsAreRead(_ format: String) throws {
        let folder = try TemporaryFolder()
        let long = format == "gnu" || format == "pax" ? String(repeating: "x", count: 150) : "x"
        let script = """
            cd "$0" && mkdir in && echo hello >in/file && ln -s file in/link && ln in/file in/hard && echo long >in/\(long)
            chmod 0741 in/file && tar --format=\(format) --sort=name --owner=7 --group=9 -cf archive.tar in
            """
        try Execution("bash", ["-c", script, folder.url.path]).check()
        let archive = try Archive([UInt8](Data(contentsOf: folder.url.appending(path: "archive.tar"))))
        let members = Dictionary(uniqueKeysWithValues: try archive.members().map { ($0.path, $0) })
        #expect(Set(members.keys) == ["in/", "in/file", "in/link", "in/hard", "in/\(long)"])
        #expect(members["in/"]?.kind == .folder)
        #expect(members["in/link"]?.kind == .symbolicLink("file"))
        #expect(members["in/hard"]?.kind == .hardLink("in/file"))
        let file = try #require(members["in/file"])
        #expect([file.mode, file.user, file.group] == [0o741, 7, 9])
        #expect(try file.content.all(limit: 100) == Array("hello\n".utf8))
        #expect(try members["in/\(long)"]?.content.all(limit: 100) == Array("long\n".utf8))
    }

    private static let formats = ["USTAR_FORMAT", "GNU_FORMAT", "PAX_FORMAT"]

    @Test(arguments: formats) func pythonsMembersAreReadWithTheirFields(_ format: String) throws {
        let archive = try Archive(
            python: """
                add("d", type=tarfile.DIRTYPE, mode=0o1777)
                add("d/f", b"content", mode=0o4755, uid=12, gid=34)
                add("s", type=tarfile.SYMTYPE, linkname="d/f")
                add("h", type=tarfile.LNKTYPE, linkname="d/f")
                add("null", type=tarfile.CHRTYPE, devmajor=1, devminor=3)
                add("pipe", type=tarfile.FIFOTYPE)
                """, format: format)
        let members = try archive.members()
        #expect(
            members.map(\.path).map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 } == [
                "d", "d/f", "s", "h", "null", "pipe",
            ])
        #expect(
            members.map(\.kind) == [.folder, .file, .symbolicLink("d/f"), .hardLink("d/f"), .special, .special])
        #expect(members[0].mode == 0o1777)
        #expect([members[1].mode, members[1].user, members[1].group] == [0o4755, 12, 34])
        #expect(try members[1].content.all(limit: 10) == Array("content".utf8))
    }

    /// A name of 256 bytes fits USTAR only as prefix and name around a slash.
    @Test(arguments: formats, [(1, 1), (50, 49), (100, 99), (154, 100), (155, 100)])
    func aNameWithAPrefixIsRead(_ format: String, _ lengths: (Int, Int)) throws {
        let name = String(repeating: "d", count: lengths.0) + "/" + String(repeating: "f", count: lengths.1)
        #expect(try Archive(python: "add('\(name)', b'x')", format: format).members().map(\.path) == [name])
    }

    @Test(arguments: ["GNU_FORMAT", "PAX_FORMAT"], [100, 101, 155, 156, 256, 257, 4000])
    func aLongNameAndALongLinkAreRead(_ format: String, _ length: Int) throws {
        let name = String(repeating: "n", count: length)
        let members = try Archive(
            python: "add('\(name)', type=tarfile.SYMTYPE, linkname='t\(name.dropFirst())')", format: format
        ).members()
        #expect(members.map(\.path) == [name])
        #expect(members.map(\.kind) == [.symbolicLink("t" + name.dropFirst())])
    }

    /// Numbers that octal digits cannot hold: base 256 in GNU's format, records in pax.
    @Test(arguments: ["GNU_FORMAT", "PAX_FORMAT"]) func largeUserNumbersAreRead(_ format: String) throws {
        let members = try Archive(python: "add('f', b'', uid=2**31 - 2, gid=2**22)", format: format).members()
        #expect(members.map(\.user) == [2_147_483_646])
        #expect(members.map(\.group) == [4_194_304])
    }

    @Test func theRecordsOfOnePaxHeaderAreForOneMember() throws {
        let long = String(repeating: "n", count: 200)
        #expect(try Archive(python: "add('\(long)', b'')\nadd('short', b'')").members().map(\.path) == [long, "short"])
    }

    @Test func aGlobalPaxHeaderIsSkipped() throws {
        let archive = try Archive(python: "tar.pax_headers = {'comment': 'all'}\nadd('f', b'1')")
        let bytes = try archive.bytes()
        #expect(try archive.members().map(\.path) == ["f"])
        #expect(bytes.count > 0)
    }

    @Test func anEmptyArchiveHasNoMembers() throws {
        #expect(try Archive([]).members().isEmpty)
        #expect(try Archive([UInt8](repeating: 0, count: 1024)).members().isEmpty)
        #expect(try Archive(python: "pass").members().isEmpty)
    }

    @Test func aMemberKnowsWhereItsHeaderIs() throws {
        let archive = try Archive(python: "add('a', b'x' * 513)\nadd('b', b'')", format: "USTAR_FORMAT")
        #expect(try archive.members().map(\.offset) == [0, 512 + 1024])
    }
}
