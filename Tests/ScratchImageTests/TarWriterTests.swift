import Files
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import ScratchImage

/// What is written is what GNU tar reads.
@Suite struct TarWriterTests {
    private func listing(_ entries: [TarEntry], time: Int = 1_000_000_000) throws -> [String] {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "archive.tar")
        try Data(TarWriter.archive(entries, time: time)).write(to: file)
        let result = try Execution(
            "tar", ["--utc", "--numeric-owner", "--full-time", "-tvf", file.path], environment: ["LC_ALL": "C.UTF-8"])
        #expect(result.errors.isEmpty)
        return result.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    }

    @Test func entriesAreReadAsTheyWere() throws {
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

    @Test(arguments: [0, 1, 511, 512, 513, 1023, 1024, 1025]) func everySizeEndsAtABlock(_ size: Int) throws {
        let content = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
        let lines = try listing([.file("a", content), .file("b", [7])])
        #expect(lines.map { $0.split(separator: " ")[2] } == ["\(size)", "1"])
        #expect(TarWriter.archive([.file("a", content)], time: 0).count % 512 == 0)
    }

    /// The reader finds in GNU tar's and Python's archives what those wrote, in each of their formats.
    @Test(arguments: ["gnu", "pax", "ustar", "v7"]) func theReaderReadsWhatOthersWrite(_ format: String) throws {
        let folder = try TemporaryFolder()
        let long = format == "gnu" || format == "pax" ? String(repeating: "x", count: 150) : "x"
        let script = """
            cd "$0" && mkdir in && echo hello >in/file && ln -s file in/link && ln in/file in/hard && echo long >in/\(long)
            chmod 0741 in/file && tar --format=\(format) --sort=name --owner=7 --group=9 -cf archive.tar in
            """
        try Execution("bash", ["-c", script, folder.url.path]).check()
        var reader = TarReader(try StoredBytes(.init(folder.url.appending(path: "archive.tar").path)))
        var members: [String: TarReader.Member] = [:]
        while let member = try reader.next() { members[member.path] = member }
        #expect(Set(members.keys) == ["in/", "in/file", "in/link", "in/hard", "in/\(long)"])
        #expect(members["in/"]?.kind == .folder)
        #expect(members["in/link"]?.kind == .symbolicLink("file"))
        #expect(members["in/hard"]?.kind == .hardLink("in/file"))
        let file = try #require(members["in/file"])
        #expect([file.mode, file.user, file.group] == [0o741, 7, 9])
        #expect(try file.content.all(limit: 100) == Array("hello\n".utf8))
        #expect(try members["in/\(long)"]?.content.all(limit: 100) == Array("long\n".utf8))
    }

    /// Every byte of an archive, changed one after the other: an error, or another content, and never a crash or a hang.
    @Test func damageIsAnErrorAndNoCrash() throws {
        let good = TarWriter.archive([.folder("a"), .file("a/b", Array("content".utf8))], time: 0)
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "archive.tar")
        for index in good.indices.filter({ good[$0] != 0 || $0 % 16 == 0 }) {
            var bytes = good
            bytes[index] ^= 0x81
            try Data(bytes).write(to: file)
            var root = ImageRoot()
            _ = try? root.apply(try StoredBytes(.init(file.path)))
        }
        for length in stride(from: 0, to: good.count, by: 100) {
            try Data(good[..<length]).write(to: file)
            var root = ImageRoot()
            _ = try? root.apply(try StoredBytes(.init(file.path)))
        }
    }
}
