import Attestation
import Files
import Foundation
import SystemPackage
import TestSupport
import Testing
import Verification

@testable import ScratchImage

/// Layers depend on their input alone, and have the digests that Python's hashlib computes.
@Suite struct LayerTests {
    private static let entries: [TarEntry] = TarEntry.complete([
        .file("etc/passwd", Array("root:x:0:0:::\n".utf8)), .folder("tmp", mode: 0o1777),
        .file("usr/share/" + String(repeating: "n", count: 120), [UInt8](repeating: 7, count: 3000)),
        TarEntry("usr/link", .link("share"), mode: 0o777),
    ])

    private func layer(_ compression: LayerCompression, time: Int = 1_000_000_000) throws -> Layer {
        try Layer(root: LayerTests.entries, time: time, compression: compression)
    }

    @Test(arguments: LayerCompression.allCases) func theSameInputIsTheSameBytes(_ compression: LayerCompression) throws
    {
        let first = try layer(compression)
        let second = try layer(compression)
        #expect(first.blob == second.blob)
        #expect(first.descriptor == second.descriptor)
        #expect(try layer(compression, time: 1).descriptor != first.descriptor)
    }

    /// config.md#layer-diffid: the digest of the uncompressed archive; the descriptor has that of the stored bytes.
    @Test(arguments: [LayerCompression.none, .gzip]) func theDigestsAreThoseOfPython(_ compression: LayerCompression)
        throws
    {
        let layer = try layer(compression)
        let archive = try Archive(layer.blob)
        let output = try Python.run(
            """
            import gzip, hashlib, sys
            data = open(sys.argv[1], "rb").read()
            plain = gzip.decompress(data) if data[:2] == b"\\x1f\\x8b" else data
            print(hashlib.sha256(data).hexdigest(), len(data), hashlib.sha256(plain).hexdigest(), len(plain))
            """, [archive.name])
        #expect(
            output.split(whereSeparator: \.isWhitespace).map(String.init) == [
                String(layer.descriptor.digest.dropFirst(7)), "\(layer.descriptor.size)", layer.diffID.hexadecimal,
                "\(layer.unpackedSize)",
            ])
        #expect(layer.descriptor.mediaType == compression.mediaType)
        #expect(layer.size == layer.descriptor.size)
    }

    /// A layer is an archive that can be made by a third program: Python writes the same bytes from the same members.
    @Test func pythonWritesTheSameArchive() throws {
        let entries: [TarEntry] = [.folder("etc"), .file("etc/f", Array("content".utf8)), .file("g", [], mode: 0o755)]
        let archive = try Archive(
            python: """
                common = dict(uid=0, gid=0, uname="", gname="", mtime=1000000000)
                add("etc", type=tarfile.DIRTYPE, mode=0o555, **common)
                add("etc/f", b"content", mode=0o444, **common)
                add("g", b"", mode=0o755, **common)
                """, format: "USTAR_FORMAT")
        // Python pads to records of ten thousand bytes, and leaves out the device numbers of files that have none.
        let own = TarWriter.archive(entries, time: 1_000_000_000)
        let other = try Array(archive.bytes().prefix(own.count))
        #expect(own.count == other.count)
        let ignored: Set<Int> = Set(148..<156).union(329..<345)
        let differences = own.indices.filter { own[$0] != other[$0] && !ignored.contains($0 % 512) }
        #expect(differences.isEmpty)
    }

    @Test func aProgramThatTheGateHasNotAdmittedIsRefused() {
        let error = #expect(throws: ImageMakingError.self) {
            try Layer(root: [.file("bin/tool", [0x7f, 0x45, 0x4c, 0x46, 2])], time: 0, compression: .none)
        }
        #expect(error?.description == "/bin/tool is a program that the gate has not verified")
    }

    @Test func whatIsStoredIsUnpackedAgainWithBothDigests() throws {
        for compression in LayerCompression.allCases {
            let layer = try layer(compression)
            let result = try Unpacking.unpack(Archive(layer.blob).stored, limit: 1 << 20)
            #expect(result.stored.inOCI == layer.descriptor.digest)
            #expect(result.unpacked == layer.diffID)
            #expect(result.content.count == layer.unpackedSize)
            #expect(try LayerCompression.of(Archive(layer.blob).stored) == compression)
        }
    }

    /// A few bytes that unpack to many are stopped at the limit.
    @Test(arguments: LayerCompression.allCases) func moreThanTheLimitIsRefused(_ compression: LayerCompression) throws {
        let stored = try compression.stored([UInt8](repeating: 0, count: 1 << 20))
        #expect(throws: LayerError.tooLarge(limit: (1 << 20) - 1)) {
            try Unpacking.unpack(Archive(stored).stored, limit: (1 << 20) - 1)
        }
        #expect(try Unpacking.unpack(Archive(stored).stored, limit: 1 << 20).content.count == 1 << 20)
    }
}

/// The root holds what the program needs, and no more.
@Suite struct RootFilesTests {
    private func files(_ needs: Set<RuntimeNeed>, user: String = "1000:2000", added: [TarEntry] = []) throws
        -> RootFiles
    {
        let certificates = try CertificateBundle(HandMadeCertificate().pem)
        let zones = try TimeZoneFiles(zones: [("UTC", .file([1]))])
        return RootFiles(
            for: needs, user: try #require(UserNumbers(user)), certificates: certificates, zones: zones, added: added)
    }

    private static let added: [(need: RuntimeNeed, paths: [String])] = [
        (.certificates, ["etc/ssl", "etc/ssl/certs", "etc/ssl/certs/ca-certificates.crt"]),
        (.timeZones, ["usr", "usr/share", "usr/share/zoneinfo", "usr/share/zoneinfo/UTC"]),
        (.temporaryFiles, ["tmp"]), (.users, []), (.nameService, ["etc/nsswitch.conf"]),
    ]

    @Test(arguments: added) func eachNeedAddsItsFiles(_ need: RuntimeNeed, _ paths: [String]) throws {
        #expect(try files([need]).entries.map(\.path) == (["etc", "etc/group", "etc/passwd"] + paths).sorted())
    }

    @Test func withoutNeedsOnlyTheUserIsNamed() throws {
        #expect(try files([]).entries.map(\.path) == ["etc", "etc/group", "etc/passwd"])
    }

    /// passwd(5) and group(5): seven and four fields.
    @Test(arguments: [("1000:2000", 1), ("65534:65534", 0)]) func usersHaveNames(_ user: String, _ own: Int) throws {
        let entries = try files([], user: user).entries
        for (path, fields) in [("etc/passwd", 7), ("etc/group", 4)] {
            let content = try #require(entries.first { $0.path == path }?.content)
            let lines = String(decoding: content, as: UTF8.self).split(separator: "\n")
            #expect(lines.count == 2 + own)
            #expect(lines.allSatisfy { $0.split(separator: ":", omittingEmptySubsequences: false).count == fields })
        }
    }

    /// What is written to /etc/passwd is what the reader of images finds there.
    @Test func theUserIsFoundByItsName() throws {
        var root = ImageRoot()
        try root.apply(Archive(TarWriter.archive(files([]).entries, time: 0)).stored)
        #expect(UserLookup(root: root, text: "nonroot").user == .name("nonroot", 1000))
        #expect(UserLookup(root: root, text: "nonroot").group(of: 1000) == 2000)
    }

    @Test func temporaryFilesAreForEveryoneAndRemovedByTheirOwner() throws {
        #expect(try files([.temporaryFiles]).entries.first { $0.path == "tmp" }?.mode == 0o1777)
    }

    @Test func anAddedFileReplacesOneOfTheSamePath() throws {
        let added = TarEntry.file("etc/passwd", [9])
        #expect(try files([], added: [added]).entries.filter { $0.path == "etc/passwd" } == [added])
    }

    @Test(
        arguments: [
            ([.file("app", [1])], "/app has the path of a program; choose another target"),
            ([.file("a", [1]), .file("a", [2])], "/a is added twice"),
            (
                [.file("etc/.wh.passwd", [])],
                "/etc/.wh.passwd: names that begin with .wh. hide files of an image; rename the file"
            ),
            (
                [.file("etc/" + String(repeating: "n", count: 256), [])],
                "/etc/\(String(repeating: "n", count: 256)): a name may have 255 bytes and a path 4095; choose a shorter target"
            ),
            ([.file("app/data", [])], "/app has the path of a program; choose another target"),
            ([.file("etc/passwd/x", [])], "/etc/passwd/x would be below /etc/passwd, which is a file"),
        ] as [([TarEntry], String)])
    func filesThatHideEachOtherAreRefused(_ added: [TarEntry], _ reason: String) throws {
        let files = try files([], added: added)
        let error = #expect(throws: ImageMakingError.self) { try files.check(against: ["other", "app"]) }
        #expect(error?.description == reason)
    }

    @Test func filesBesideEachOtherAreAccepted() throws {
        try files([.temporaryFiles], added: [.file("data/x", []), .file("application", [])]).check(against: [
            "app", "tool",
        ])
    }
}

/// Why an image cannot be made is said in full.
@Suite struct ImageMakingErrorTests {
    @Test func anImageWithoutAProgramIsRefused() {
        let error = #expect(throws: ImageMakingError.self) {
            try Image([], settings: ImageSettings(program: "/app", user: .standard, created: 0))
        }
        #expect(error?.description == "no program to make an image of")
    }

    /// RFC 3339 in UTC, without fractions.
    @Test(arguments: [(0, "1970-01-01T00:00:00Z"), (1_000_000_000, "2001-09-09T01:46:40Z")])
    func theTimeOfAnImageIsText(_ time: Int, _ text: String) {
        #expect(ImageSettings(program: "/app", user: .standard, created: time).createdText == text)
    }

}
