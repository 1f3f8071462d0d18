import Files
import TestSupport
import Testing

@testable import ScratchImage

/// What Go's archive/tar, Python's tarfile, GNU tar and libarchive do not all read alike is refused, and all else is read as
/// they read it. The comments say what each made of it: Go 1.19, Python 3.12, GNU tar 1.34, bsdtar 3.6.2.
@Suite struct TarAgreementTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        var fault: TarError.Fault?

        init(_ name: String, _ parts: [UInt8]..., fault: TarError.Fault? = nil) {
            testDescription = name
            bytes = Array(parts.joined()) + RawTar.end
            self.fault = fault
        }
    }

    private static func file(_ name: String = "f", put: [Int: [UInt8]] = [:], magic: [UInt8] = RawTar.posix) -> [UInt8]
    {
        RawTar.member(name, "AAAA", magic: magic, put: put)
    }
    private static let file = file()
    private static let symlink = RawTar.member("f", type: "2", link: "t")
    private static func path(_ value: String) -> [UInt8] { RawTar.pax(RawTar.record("path", value)) }
    private static func pax(_ key: String, _ value: String) -> [UInt8] { RawTar.pax(RawTar.record(key, value)) }
    private static func global(_ key: String, _ value: String) -> [UInt8] {
        RawTar.pax(RawTar.record(key, value), type: "g")
    }

    static let accepted: [Case] = [
        Case("a GNU name", RawTar.long("long"), file),
        Case("a GNU link, then a name", RawTar.long("link", type: "K"), RawTar.long("long"), symlink),
        Case("a GNU name, then a link", RawTar.long("long"), RawTar.long("link", type: "K"), symlink),
        Case("a GNU name under POSIX magic", RawTar.member("././@LongLink", "long\u{0}", type: "L"), file),
        Case("a GNU name without a NUL", RawTar.member("././@LongLink", "long", type: "L", magic: RawTar.gnu), file),
        Case("a pax path", path("long"), file),
        Case("a comment for all members, as git archive writes it", global("comment", "c0ffee"), file, file("g")),
        Case("a comment for all, then a pax path", global("comment", "c"), path("long"), file),
        Case("a pax size of a file", pax("size", "4"), RawTar.member("f", "AAAA", size: 0), file("g")),
        Case("a pax size smaller than the header's", pax("size", "2"), file, file("g")),
        Case("leading zeros in a pax record", RawTar.pax(Array("014 path=long\n".utf8)), file),
        Case("leading zeros in a pax number", pax("size", "04"), RawTar.member("f", "AAAA", size: 0), file("g")),
        Case(
            "an attribute of bytes", RawTar.pax(RawTar.record("SCHILY.xattr.security.capability", [1, 0, 2, 255])), file
        ),
        Case("an empty attribute", pax("SCHILY.xattr.user.x", ""), file),
        Case("a NUL in a comment", pax("comment", "o\u{0}ne"), file),
        Case("times", RawTar.pax(RawTar.record("mtime", "1.25"), RawTar.record("atime", "-1")), file),
        Case("a pax user of 31 bits", pax("uid", "2147483648"), file),
        Case("the largest pax user", pax("uid", "4294967294"), file),
        Case("an empty pax header", RawTar.pax(), file),
        Case("no format", file(magic: RawTar.old)),
        Case("a prefix", file(put: [345: Array("pre".utf8)])),
        Case("another version of POSIX", file(put: [263: Array("99".utf8), 345: Array("pre".utf8)])),
        Case("a size of a folder", file("g"), RawTar.member("d", type: "5", size: 600), file("h")),
        Case("a size of a hard link", file("g"), RawTar.member("f", type: "1", size: 600, link: "g"), file("h")),
        Case("an old folder", RawTar.member("d/", type: "\u{0}"), file("d/f")),
        Case("type bits in the mode", file(put: [100: Array("0100755\u{0}".utf8)])),
        Case("spaces around the mode", file(put: [100: Array(" 644 \u{0}\u{0}\u{0}".utf8)])),
        Case("bytes after the end of a name", RawTar.member("f\u{0}rest", "AAAA")),
        Case("a negative time in base 256", file(put: [136: [UInt8](repeating: 255, count: 12)])),
        Case("a slash after a link's name", RawTar.member("f/", type: "2", link: "t")),
    ]

    static let refused: [Case] = [
        // GNU tar takes the pax path; Go, Python and libarchive the GNU name, or the other way round if that comes last.
        Case("a GNU name, then a pax path", RawTar.long("long"), path("pax"), file, fault: .severalExtendedHeaders),
        Case("a pax path, then a GNU name", path("pax"), RawTar.long("long"), file, fault: .severalExtendedHeaders),
        Case(
            "a GNU link, then a pax link", RawTar.long("link", type: "K"), pax("linkpath", "pax"), symlink,
            fault: .severalExtendedHeaders),
        // Go and GNU take the last, Python the first.
        Case("two pax headers", path("one"), path("two"), file, fault: .severalExtendedHeaders),
        Case("two GNU names", RawTar.long("one"), RawTar.long("two"), file, fault: .severalExtendedHeaders),
        // Go forgets the first.
        Case(
            "a pax path, then a global header", path("one"), global("comment", "c"), file,
            fault: .severalExtendedHeaders),
        Case(
            "a GNU name, then a global header", RawTar.long("one"), global("comment", "c"), file,
            fault: .severalExtendedHeaders),
        // Python and GNU tar apply them, Go and libarchive do not.
        Case("a path for all members", global("path", "all"), file, fault: .globalRecord(key: "path")),
        Case("a size for all members", global("size", "2"), file, fault: .globalRecord(key: "size")),
        Case("a user for all members", global("uid", "2"), file, fault: .globalRecord(key: "uid")),
        // Go and libarchive take the header's, Python and GNU tar the empty one.
        Case("an empty pax path", path(""), file, fault: .emptyRecord(key: "path")),
        Case(
            "a second, empty pax path", RawTar.pax(RawTar.record("path", "one"), RawTar.record("path", "")), file,
            fault: .emptyRecord(key: "path")),
        Case("an empty pax link", pax("linkpath", ""), symlink, fault: .emptyRecord(key: "linkpath")),
        Case("an empty pax size", pax("size", ""), file, fault: .emptyRecord(key: "size")),
        Case("an empty pax user", pax("uid", ""), file, fault: .emptyRecord(key: "uid")),
        Case(
            "a pax path twice", RawTar.pax(RawTar.record("path", "one"), RawTar.record("path", "two")), file,
            fault: .repeatedRecord(key: "path")),
        // Go alone accepts the plus.
        Case("a plus in a pax record", RawTar.pax(Array("+14 path=long\n".utf8)), file, fault: .extendedRecord),
        // GNU tar alone accepts the space.
        Case("a space before a pax record", RawTar.pax(Array(" 13 path=one\n".utf8)), file, fault: .extendedRecord),
        Case("a NUL in a pax key", RawTar.pax(RawTar.record("pa\u{0}th", "one")), file, fault: .extendedRecord),
        Case("no pax key", RawTar.pax(Array("5 =v\n".utf8)), file, fault: .extendedRecord),
        // GNU tar and libarchive cut the name, Python keeps the NUL, Go refuses it.
        Case("a NUL in a pax path", path("o\u{0}ne"), file, fault: .extendedRecord),
        // Python alone accepts them.
        Case("a pax record without a newline", RawTar.pax(Array("12 path=one ".utf8)), file, fault: .extendedRecord),
        Case(
            "bytes after the pax records", RawTar.pax(RawTar.record("path", "one"), [0, 0]), file,
            fault: .extendedRecord),
        // Go and Python accept it.
        Case("a plus in a pax size", pax("size", "+4"), file, fault: .extendedNumber(key: "size", value: "+4")),
        Case("a time in words", pax("mtime", "now"), file, fault: .extendedNumber(key: "mtime", value: "now")),
        // GNU tar makes it root's.
        Case(
            "a pax user of 33 bits", pax("uid", "4294967296"), file,
            fault: .extendedNumber(key: "uid", value: "4294967296")),
        // chown(2) with it changes nothing.
        Case(
            "the pax user -1", pax("uid", "4294967295"), file, fault: .extendedNumber(key: "uid", value: "4294967295")),
        Case(
            "a user of 33 bits", file(put: [108: [0x80, 0, 0, 1, 0, 0, 0, 0]]), fault: .numberTooLarge(field: .uid)),
        Case("sparse data of Solaris", pax("SUN.holesdata", " 0 4"), file, fault: .sparseFile),
        Case("a sparse name without more", pax("GNU.sparse.name", "sp"), file, fault: .sparseFile),
        // An overlay file system shows another file of the layers below.
        Case(
            "a redirection of overlayfs", pax("SCHILY.xattr.trusted.overlay.redirect", "/x"), file,
            fault: .overlayAttribute(key: "SCHILY.xattr.trusted.overlay.redirect")),
        // Go and Python add the prefix, GNU tar and libarchive do not; without magic Python alone does.
        Case("a prefix under GNU magic", file(put: [345: [0x70]], magic: RawTar.gnu), fault: .prefixOutsideOfPOSIX),
        Case("a prefix without magic", file(put: [345: [0x70]], magic: RawTar.old), fault: .prefixOutsideOfPOSIX),
        // GNU tar skips 600 bytes, the others do not.
        Case("a size of a link", RawTar.member("f", type: "2", size: 600, link: "g"), fault: .sizeWithoutContent),
        Case("a size of a pipe", RawTar.member("f", type: "6", size: 600), fault: .sizeWithoutContent),
        // GNU tar and libarchive skip it.
        Case(
            "a pax size of a folder", pax("size", "600"), RawTar.member("d", type: "5"), file("g"),
            fault: .sizeWithoutContent),
        Case(
            "a negative size of a folder",
            RawTar.member("d", type: "5", put: [124: [UInt8](repeating: 255, count: 12)]),
            fault: .numberTooLarge(field: .size)),
        // Go and Python read a file, GNU tar and libarchive a folder.
        Case("a file named as a folder", file("app/"), fault: .fileNamedAsFolder),
        Case("a pax name that makes a file a folder", path("app/"), file, fault: .fileNamedAsFolder),
        Case(
            "a pax name that makes an old file a folder", path("d/"), RawTar.member("f", type: "\u{0}"),
            fault: .fileNamedAsFolder),
        Case("an old folder with content", RawTar.member("d/", "AAAA", type: "\u{0}"), fault: .sizeWithoutContent),
        // Readers skip it, call it `.` or refuse it.
        Case("no name", file(""), fault: .nameEmpty),
        Case("no GNU name", RawTar.long(""), file, fault: .nameEmpty),
        // Linux lets no one set it (xattr(7)), so umoci and podman refuse the layer.
        Case("an attribute of a link", pax("SCHILY.xattr.user.x", "1"), symlink, fault: .userAttribute),
        Case("no link", RawTar.member("f", type: "2"), fault: .linkEmpty),
        // umoci and podman refuse them.
        Case("a contiguous file", RawTar.member("f", "AAAA", type: "7"), fault: .unknownType(0x37)),
        Case("an old folder of GNU tar", RawTar.member("f", type: "D"), fault: .unknownType(0x44)),
        Case("a header of Solaris", RawTar.member("f", "12 path=sun\n", type: "X"), fault: .unknownType(0x58)),
        // Go and Python refuse them.
        Case("a time that is not a number", file(put: [136: Array("garbage".utf8)]), fault: .notOctal(field: .mtime)),
        Case(
            "a device that is not a number", file(put: [329: Array("garbage".utf8)]), fault: .notOctal(field: .devmajor)
        ),
        // Go refuses it.
        Case(
            "a time of 88 bits", file(put: [136: [0x80] + [UInt8](repeating: 0x7f, count: 11)]),
            fault: .numberTooLarge(field: .mtime)),
        // libarchive refuses it.
        Case(
            "digits after the end of a number", file(put: [100: Array("644\u{0}7\u{0}\u{0}\u{0}".utf8)]),
            fault: .notOctal(field: .mode)),
        Case("an end after a global header", file("g"), global("comment", "c"), fault: .extendedHeaderWithoutMember),
        Case("an end after a pax header", file("g"), path("one"), fault: .extendedHeaderWithoutMember),
    ]

    @Test(arguments: refused) func whatReadersDisagreeOnIsRefused(_ one: Case) throws {
        let error = try #require(throws: TarError.self) { try Archive(one.bytes).members() }
        #expect(error.fault == one.fault)
        #expect(error.description.count < 400)
    }

    /// Python's tarfile and GNU tar, one start for all archives.
    private static let script = """
        import hashlib, os, subprocess, sys, tarfile
        kinds = {b"0": "file", b"\\0": "file", b"1": "hard", b"2": "link", b"5": "folder"}
        def clean(name): return name if name == "/" else name.rstrip("/")
        for path in sys.argv[1:]:
            found = []
            for member in tarfile.open(path, "r:"):
                data = tarfile.open(path, "r:").extractfile(member.name).read() if member.isreg() else b""
                found.append("%s %s %s %d %s" % (clean(member.name), kinds[member.type], member.linkname if member.type in b"12"
                    else "", member.uid, data.decode()))
            listed = subprocess.run(["tar", "-tf", path], capture_output=True, text=True).stdout
            assert [clean(line) for line in listed.splitlines()] == [line.split()[0] for line in found], (path, listed, found)
            print("|".join(found))
        """

    @Test func whatIsAcceptedIsReadAsPythonAndGNUTarReadIt() throws {
        let archives = try TarAgreementTests.accepted.map { try Archive($0.bytes) }
        let lines = try Python.run(TarAgreementTests.script, archives.map(\.name)).split(separator: "\n")
        try #require(lines.count == archives.count)
        for (index, archive) in archives.enumerated() {
            let found = try archive.members().map { member in
                let (kind, link): (String, String) =
                    switch member.kind {
                    case .file: ("file", "")
                    case .folder: ("folder", "")
                    case .symbolicLink(let target): ("link", target)
                    case .hardLink(let target): ("hard", target)
                    case .special: ("special", "")
                    }
                let name = member.path.hasSuffix("/") ? String(member.path.dropLast()) : member.path
                let text = String(decoding: try member.content.all(limit: 100), as: UTF8.self)
                return "\(name) \(kind) \(link) \(member.user) \(text)"
            }
            #expect(
                found.joined(separator: "|") == lines[index], "\(TarAgreementTests.accepted[index].testDescription)")
        }
    }
}
