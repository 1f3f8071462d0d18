import Foundation
import TestSupport
import Testing

@testable import ScratchImage

/// A damaged archive is an error that names the member and its place, never a crash or another file.
@Suite struct TarDamageTests {
    /// One damage: Python that writes an archive, or changes the bytes of one, and the error that it must give.
    struct Damage: Sendable, CustomTestStringConvertible {
        let name: String
        var format = "USTAR_FORMAT"
        let script: String
        /// Changes `data`, a bytearray; `sum(at)` writes the checksum of the header at an offset anew.
        var change = "pass"
        let offset: Int
        let member: String?
        let fault: TarError.Fault

        var testDescription: String { name }
    }

    private static let two = "add('first', b'1')\nadd('second', b'x' * 600)"

    static let damages: [Damage] = [
        Damage(
            name: "text", script: "pass", change: "data[:] = b'hello world, this is no archive. ' * 30", offset: 0,
            member: nil, fault: .notOctal(field: .checksum)),
        Damage(
            name: "cut in a header", script: two, change: "del data[1024 + 100:]", offset: 1024, member: nil,
            fault: .truncatedHeader),
        Damage(
            name: "cut in the content", script: two, change: "del data[1024 + 512 + 10:]", offset: 1024,
            member: "second", fault: .truncatedContent(size: 600, available: 0)),
        Damage(
            name: "a size beyond the end", script: two, change: "data[1148:1159] = b'77777777777'; sum(1024)",
            offset: 1024, member: "second", fault: .truncatedContent(size: 0o77777777777, available: 0)),
        Damage(
            name: "a name that was changed", script: two, change: "data[1024] = ord('S')", offset: 1024, member: nil,
            fault: .checksum(stored: 0, computed: 0)),
        Damage(
            name: "letters in the mode", script: two, change: "data[1124:1131] = b'rwxrwxr'; sum(1024)", offset: 1024,
            member: "second", fault: .notOctal(field: .mode)),
        Damage(
            name: "letters in the size", script: two, change: "data[1148:1152] = b'huge'; sum(1024)", offset: 1024,
            member: "second", fault: .notOctal(field: .size)),
        Damage(
            name: "a negative size in base 256", script: two, change: "data[1148:1160] = b'\\xff' * 12; sum(1024)",
            offset: 1024, member: "second", fault: .numberTooLarge(field: .size)),
        Damage(
            name: "a user of 80 bits", format: "GNU_FORMAT", script: two,
            change: "data[1132:1140] = b'\\xff' + b'\\x01' * 7; sum(1024)", offset: 1024, member: "second",
            fault: .numberTooLarge(field: .uid)),
        Damage(
            name: "an unknown type", script: two, change: "data[1180] = ord('Q'); sum(1024)", offset: 1024,
            member: "second", fault: .unknownType(UInt8(ascii: "Q"))),
        Damage(
            name: "a sparse file", script: two, change: "data[1180] = ord('S'); sum(1024)", offset: 1024,
            member: "second", fault: .sparseFile),
        Damage(
            name: "a sparse file of pax", format: "PAX_FORMAT",
            script: "add('first', b'1')\nadd('second', b'', pax_headers={'GNU.sparse.major': '1'})", offset: 1024,
            member: "././@PaxHeader", fault: .sparseFile),
        Damage(
            name: "a name that is not UTF-8", script: two, change: "data[1024:1026] = b'\\xff\\xfe'; sum(1024)",
            offset: 1024, member: "\u{fffd}\u{fffd}cond", fault: .nameNotUTF8),
        Damage(
            name: "star's format", script: two, change: "data[1532:1536] = b'tar\\0'; sum(1024)", offset: 1024,
            member: "second", fault: .starFormat),
        Damage(
            name: "a name of 5000 bytes", format: "PAX_FORMAT", script: "add('first', b'1')\nadd('n' * 5000, b'')",
            offset: 1024, member: String(repeating: "n", count: 5000), fault: .nameTooLong(limit: 4096)),
        Damage(
            name: "one empty block, then data", script: two, change: "data[1024:1024] = bytes(512)", offset: 1024,
            member: nil, fault: .dataAfterEmptyBlock),
        Damage(
            name: "data after the end", script: two, change: "data += bytes(1 << 20) + b'x' * 512", offset: 2560,
            member: nil, fault: .dataAfterEmptyBlock),
        Damage(
            name: "a second archive", script: two, change: "data += bytes(data)", offset: 2560, member: nil,
            fault: .dataAfterEmptyBlock),
        Damage(
            name: "a pax record with a wrong length", format: "PAX_FORMAT",
            script: "add('first', b'1')\nadd('n' * 150, b'')",
            change: "data[1536:1539] = b'999'", offset: 1024, member: "././@PaxHeader", fault: .extendedRecord),
        Damage(
            name: "a pax record without =", format: "PAX_FORMAT", script: "add('first', b'1')\nadd('n' * 150, b'')",
            change: "data[1544] = ord('-')", offset: 1024, member: "././@PaxHeader", fault: .extendedRecord),
        Damage(
            name: "a pax size that is not a number", format: "PAX_FORMAT",
            script: "add('first', b'1')\nadd('second', b'', pax_headers={'size': '0x10'})", offset: 1024,
            member: "././@PaxHeader", fault: .extendedNumber(key: "size", value: "0x10")),
        Damage(
            name: "a negative pax user", format: "PAX_FORMAT",
            script: "add('first', b'1')\nadd('second', b'', pax_headers={'uid': '-1'})", offset: 1024,
            member: "././@PaxHeader", fault: .extendedNumber(key: "uid", value: "-1")),
        Damage(
            name: "an end after a pax header", format: "PAX_FORMAT",
            script: "add('first', b'1')\nadd('n' * 150, b'')", change: "del data[2048:]; data += bytes(1024)",
            offset: 1024, member: "././@PaxHeader", fault: .extendedHeaderWithoutMember),
    ]

    private static let tools = """
        import sys
        path = sys.argv[1]
        data = bytearray(open(path, "rb").read())
        def sum(at):
            data[at + 148:at + 156] = b" " * 8
            total = 0
            for byte in data[at:at + 512]: total += byte
            data[at + 148:at + 156] = b"%06o\\0 " % total

        """

    @Test(arguments: damages) func damageNamesTheMemberAndItsPlace(_ damage: Damage) throws {
        let archive = try Archive(python: damage.script, format: damage.format)
        _ = try Python.run(
            TarDamageTests.tools + damage.change + "\nopen(path, 'wb').write(data)", [archive.name])
        let error = try #require(throws: TarError.self) { try archive.members() }
        #expect(error.offset == damage.offset)
        switch (damage.fault, error.fault) {
        // The two sums are Python's business; that they differ is the point.
        case (.checksum, .checksum(let stored, let computed)): #expect(stored != computed)
        case (.truncatedContent(let size, _), .truncatedContent(let found, let left)):
            #expect(size == found && left < size)
            #expect(error.member == damage.member)
        default:
            #expect(error.fault == damage.fault)
            #expect(error.member == damage.member)
        }
        #expect(error.description.contains("at byte \(damage.offset)"))
    }

    /// Every byte of an archive is changed in turn: in a header it is an error at that header; in the content it is the same
    /// tree with other content; in the padding after the content it is the same tree.
    @Test func everyChangedByteIsNoticedOrIsContent() throws {
        let content = Array("content".utf8)
        let good = TarWriter.archive([.folder("a"), .file("a/b", content)], time: 0)
        // Folder header, file header, content and padding, two empty blocks.
        #expect(good.count == 512 + 512 + 512 + 1024)
        let archive = try Archive(good)
        for index in good.indices where good[index] != 0 || index % 16 == 0 {
            var bytes = good
            bytes[index] ^= 0x81
            try Data(bytes).write(to: URL(filePath: archive.name))
            var root = ImageRoot()
            switch index {
            case 0..<1024:
                let error = #expect(throws: TarError.self, "byte \(index)") { try root.apply(archive.stored) }
                #expect(error?.offset == index / 512 * 512, "byte \(index)")
            case 1024..<(1024 + 512):
                try root.apply(archive.stored)
                #expect(root.names(in: "/") == ["a"] && root.names(in: "/a") == ["b"], "byte \(index)")
                let read = try root.text("/a/b").map { Array($0.utf8) }
                #expect((read == content) == (index >= 1024 + content.count), "byte \(index)")
            default:
                // Neither a header nor an end.
                let error = #expect(throws: TarError.self, "byte \(index)") { try root.apply(archive.stored) }
                #expect(error?.offset == 1536, "byte \(index)")
            }
        }
    }

    /// A file that is cut at any length is an error, or ends at the end of a member, where readers accept it.
    @Test func everyCutIsNoticedExceptBetweenMembers() throws {
        let good = TarWriter.archive([.folder("a"), .file("a/b", Array("content".utf8))], time: 0)
        let archive = try Archive(good)
        for length in Array(stride(from: 0, through: good.count, by: 64)) + [1030, 1031, 1032] {
            try Data(good[..<length]).write(to: URL(filePath: archive.name))
            // The end may lose its second block, or both, and the content all of its padding.
            let isAccepted = [0, 512, 1031, 1536, 2048, 2560].contains(length)
            if isAccepted {
                let names = length == 0 ? [] : length == 512 ? ["a/"] : ["a/", "a/b"]
                #expect(try archive.members().map(\.path) == names)
            } else {
                let error = #expect(throws: TarError.self, "length \(length)") { try archive.members() }
                let available = max(0, length - 1024)
                #expect(
                    [.truncatedHeader, .truncatedContent(size: 7, available: available)].contains(error?.fault),
                    "length \(length)")
            }
        }
    }
}
