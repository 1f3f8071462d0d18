import Foundation
import TestSupport
import Testing

@testable import Compression

/// gzip as RFC 1952 defines it; Python's gzip is the other side.
@Suite struct GzipTests {
    /// Runs Python over the bytes of a file; `data` is what it holds, and what `out` holds at the end is returned.
    private func python(_ script: String, _ bytes: [UInt8]) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "file")
        try Data(bytes).write(to: file)
        let whole =
            "import gzip, sys, zlib\ndata = open(sys.argv[1], 'rb').read()\n\(script)\nopen(sys.argv[1], 'wb').write(out)"
        try Python.run(whole, [file.path])
        return [UInt8](try Data(contentsOf: file))
    }

    private func decompressed(_ bytes: [UInt8], piece: Int = .max) throws -> [UInt8] {
        try CompressionTests.decompressed(bytes, by: GzipReader.self, piece: piece)
    }

    private static let sizes = [
        0, 1, 100, Gzip.blockSize - 1, Gzip.blockSize, Gzip.blockSize + 1, 3 * Gzip.blockSize, 1_000_000,
    ]

    @Test(arguments: sizes) func pythonReadsWhatIsWritten(_ size: Int) throws {
        let sample = CompressionTests.sample(size)
        #expect(try python("out = gzip.decompress(data)", Gzip.compressed(sample)) == sample)
    }

    @Test(arguments: sizes) func whatPythonWritesIsRead(_ size: Int) throws {
        let sample = CompressionTests.sample(size)
        #expect(try decompressed(python("out = gzip.compress(data)", sample)) == sample)
    }

    @Test(arguments: 0...9) func everyLevelIsRead(_ level: Int) throws {
        let sample = CompressionTests.sample(10_000)
        #expect(try decompressed(python("out = gzip.compress(data, \(level))", sample)) == sample)
    }

    @Test(arguments: [1, 2, 3, 7, 1000]) func theSizeOfThePiecesDoesNotMatter(_ piece: Int) throws {
        let sample = CompressionTests.sample(5000)
        #expect(try decompressed(Gzip.compressed(sample), piece: piece) == sample)
    }

    /// RFC 1952, section 2.3.1: magic number, deflate, no flags, no time; the same input is the same bytes.
    @Test func theHeaderHoldsNoTimeAndNoName() throws {
        let bytes = try Gzip.compressed(sample(1000))
        #expect(bytes[..<8] == [0x1f, 0x8b, 8, 0, 0, 0, 0, 0])
        #expect(try Gzip.compressed(sample(1000)) == bytes)
    }

    /// RFC 1952, section 2.2: a file is a series of members.
    @Test func membersAreReadOneAfterTheOther() throws {
        #expect(
            try decompressed(python("out = gzip.compress(b'one') + gzip.compress(data)", Array("two".utf8)))
                == Array("onetwo".utf8))
    }

    @Test func aHeaderWithANameAndATimeIsRead() throws {
        let script = """
            import io
            file = io.BytesIO()
            with gzip.GzipFile("name", "wb", fileobj=file, mtime=1000) as writer: writer.write(data)
            out = file.getvalue()
            """
        #expect(try decompressed(python(script, [1, 2, 3])) == [1, 2, 3])
    }

    @Test(arguments: [1, 5, 10, 50, 100]) func aCutStreamIsTruncated(_ missing: Int) throws {
        let bytes = Array(try Gzip.compressed(sample(1000)).dropLast(missing))
        let error = #expect(throws: CompressionError.self) { try decompressed(bytes) }
        #expect(error == .truncated(.gzip, count: bytes.count))
    }

    @Test func anEmptyFileIsTruncated() throws {
        #expect(throws: CompressionError.truncated(.gzip, count: 0)) { try decompressed([]) }
    }

    /// The checksum and the length at the end are compared, and the name of the format at the start.
    @Test(arguments: [0, 1, 2, -1, -4, -5, -8]) func aChangedByteOfHeadOrEndIsDamage(_ place: Int) throws {
        var bytes = try Gzip.compressed(sample(1000))
        let index = place < 0 ? bytes.count + place : place
        bytes[index] ^= 0x55
        let error = #expect(throws: CompressionError.self) { try decompressed(bytes) }
        guard case .damaged(_, let offset, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(offset <= bytes.count)
    }

    @Test func everyChangedByteOfTheDataIsDamage() throws {
        let good = try Gzip.compressed(sample(300))
        for index in 10..<good.count {
            var bytes = good
            bytes[index] ^= 0xff
            #expect(throws: CompressionError.self, "byte \(index)") { try decompressed(bytes) }
        }
    }

    @Test func bytesAfterTheStreamAreDamage() throws {
        let bytes = try Gzip.compressed([1, 2, 3]) + Array("more".utf8)
        #expect(throws: CompressionError.self) { try decompressed(bytes) }
    }

    /// A megabyte of zeros is a thousand bytes; the output comes in bounded pieces.
    @Test func theOutputComesInBoundedPieces() throws {
        let bytes = try Gzip.compressed([UInt8](repeating: 0, count: 1 << 20))
        var reader = try GzipReader()
        var sizes: [Int] = []
        try reader.read(bytes) { sizes.append($0.count) }
        #expect(sizes.reduce(0, +) == 1 << 20)
        #expect(sizes.allSatisfy { $0 <= 1 << 17 })
    }

    @Test func anErrorOfTheReceiverEndsTheReading() throws {
        struct Enough: Error {}
        var reader = try GzipReader()
        #expect(throws: Enough.self) { try reader.read(Gzip.compressed([1])) { _ in throw Enough() } }
    }

    @Test(arguments: [
        (CompressionError.truncated(.gzip, count: 7), "it ends at byte 7"),
        (.damaged(.zstd, offset: 12, reason: "Corruption"), "not a zstd stream, or a damaged one, near byte 12"),
        (.noMemory(.gzip), "memory"), (.compressing(.gzip, reason: "code -2"), "code -2"),
    ])
    func anErrorSaysWhere(_ error: CompressionError, _ part: String) { #expect(error.description.contains(part)) }
}
