import Foundation
import Testing

@testable import Compression

/// zstd as RFC 8878 defines it. The streams in base64 were made by the zstd program, version 1.5.4.
@Suite struct ZstdTests {
    private static let made: [(text: String, stream: String)] = [
        ("", "KLUv/SQAAQAAmenYUQ=="),
        ("one", "KLUv/QRYGQAAb25l9qEIJA=="),
        (
            "The same bytes, twice. The same bytes, twice.\n",
            "KLUv/SQu9QAAwFRoZSBzYW1lIGJ5dGVzLCB0d2ljZS4gCgEAVZlN1t9PVg=="
        ),
        (String(repeating: "a", count: 300), "KLUv/QBYTQAAEGFhAQAnKsAC"),
    ]

    private static func bytes(_ stream: String) -> [UInt8] { Array(Data(base64Encoded: stream) ?? Data()) }

    private static let one = bytes(made[1].stream)

    /// A frame that readers skip (RFC 8878, section 3.1.2): the magic number, the length, the content.
    private static func skippable(_ content: String) -> [UInt8] {
        [0x50, 0x2a, 0x4d, 0x18, UInt8(content.utf8.count), 0, 0, 0] + content.utf8
    }

    private func decompressed(_ bytes: [UInt8], piece: Int = .max) throws -> [UInt8] {
        try CompressionTests.decompressed(bytes, by: ZstdReader.self, piece: piece)
    }

    @Test(arguments: made) func whatTheZstdProgramWritesIsRead(_ text: String, _ stream: String) throws {
        #expect(try decompressed(ZstdTests.bytes(stream)) == Array(text.utf8))
    }

    @Test(arguments: [0, 1, 131_071, 131_072, 131_073, 1_000_000], [1 << 20, 4096])
    func whatIsWrittenIsReadInPiecesOfAnySize(_ size: Int, _ piece: Int) throws {
        let sample = CompressionTests.sample(size)
        #expect(try decompressed(Zstd.compressed(sample), piece: piece) == sample)
    }

    /// Section 3.1.1: the magic number, then a descriptor that has a bit for the size of the content and one for the checksum.
    @Test func theFrameHasASizeAndAChecksum() throws {
        let bytes = try Zstd.compressed(sample(1000))
        #expect(bytes[..<4] == [0x28, 0xb5, 0x2f, 0xfd])
        #expect(bytes[4] >> 6 == 1 && bytes[4] & 0x04 != 0)
        #expect(try Zstd.compressed(sample(1000)) == bytes)
    }

    @Test func framesAreReadOneAfterTheOtherAndSkippableOnesAreSkipped() throws {
        let stream = ZstdTests.one + ZstdTests.skippable("table") + ZstdTests.one + ZstdTests.skippable("")
        for piece in [1, 7, 1000] { #expect(try decompressed(stream, piece: piece) == Array("oneone".utf8)) }
    }

    @Test func everyCutIsNoticed() throws {
        let stream = ZstdTests.one + ZstdTests.skippable("table")
        for count in 0..<stream.count where count != ZstdTests.one.count {
            #expect(throws: CompressionError.truncated(.zstd, count: count), "\(count)") {
                try decompressed(Array(stream.prefix(count)))
            }
        }
    }

    @Test func everyChangedByteIsNoticed() throws {
        let good = try Zstd.compressed(sample(300))
        for index in good.indices {
            var bytes = good
            bytes[index] ^= 0xff
            #expect(throws: CompressionError.self, "byte \(index)") { try decompressed(bytes) }
        }
    }

    @Test func bytesAfterTheStreamAreDamage() {
        let error = #expect(throws: CompressionError.self) { try decompressed(ZstdTests.one + Array("more".utf8)) }
        guard case .damaged(.zstd, let offset, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(offset >= ZstdTests.one.count)
    }

    /// Section 3.1.1.1.2: the window's size is 2^(10 + exponent). The exponent 18 asks for 256 MiB of memory.
    @Test func aLargeWindowIsRefused() {
        #expect(throws: CompressionError.self) {
            try decompressed([0x28, 0xb5, 0x2f, 0xfd, 0x00, 18 << 3, 0x19, 0, 0, 0x6f, 0x6e, 0x65])
        }
    }

    /// A megabyte of zeros is a few dozen bytes; the output comes in bounded pieces.
    @Test func theOutputComesInBoundedPieces() throws {
        var reader = try ZstdReader()
        var sizes: [Int] = []
        try reader.read(Zstd.compressed([UInt8](repeating: 0, count: 1 << 20))) { sizes.append($0.count) }
        #expect(sizes.reduce(0, +) == 1 << 20)
        #expect(sizes.allSatisfy { $0 <= 1 << 17 })
    }

    @Test func anErrorOfTheReceiverEndsTheReading() throws {
        struct Enough: Error {}
        var reader = try ZstdReader()
        #expect(throws: Enough.self) { try reader.read(ZstdTests.one) { _ in throw Enough() } }
    }
}
