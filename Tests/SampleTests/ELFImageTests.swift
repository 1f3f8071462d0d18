import ELF
import TestSupport
import Testing

@Suite struct ELFImageTests {
    @Test func readsWhatReadelfReads() throws {
        let image = try ELFImage(Checkout.bytes(ofSample: "c-dynamic"))
        let listing = try Execution("readelf", ["-lWd", Checkout.sample("c-dynamic")]).output
        #expect(image.segments.count == Int(image.header.programHeaderCount))
        let interpreter = try #require(image.interpreters.first ?? nil)
        #expect(listing.contains("[Requesting program interpreter: \(interpreter)]"))
        let needed = image.dynamicTables.flatMap(\.libraries).map(\.name)
        #expect(!needed.isEmpty)
        for name in needed { #expect(listing.contains("Shared library: [\(name)]")) }
    }

    @Test(arguments: [
        (offset: 0, value: UInt8(0), code: ELFError.Code.notELF), (4, 3, .unusualHeader), (5, 0, .unusualHeader),
        (6, 0, .unusualHeader), (20, 2, .unusualHeader), (54, 32, .invalidHeader), (56, 0, .invalidHeader),
        (57, 0x40, .invalidHeader), (39, 0x7f, .truncated),
    ])
    func refusesAHeaderThatNoKernelTakes(offset: Int, value: UInt8, code: ELFError.Code) throws {
        var bytes = try Checkout.bytes(ofSample: "go-linux-amd64")
        bytes[offset] = value
        #expect { try ELFImage(bytes) } throws: { ($0 as? ELFError)?.code == code }
    }

    @Test func everyTruncationThrowsOrReads() throws {
        let bytes = Array(try Checkout.bytes(ofSample: "c-dynamic").prefix(2048))
        for length in 0..<bytes.count where length < 64 {
            #expect(throws: ELFError.self) { try ELFImage(Array(bytes.prefix(length))) }
        }
        for length in stride(from: 64, to: bytes.count, by: 7) { _ = try? ELFImage(Array(bytes.prefix(length))) }
    }

    /// Whatever the bytes, the reader ends with a value or an error.
    @Test(arguments: ["c-dynamic", "c-static-pie", "go-linux-mips", "go-linux-s390x"])
    func survivesMutationsOfRealHeaders(sample: String) throws {
        let original = Array(try Checkout.bytes(ofSample: sample).prefix(16384))
        var generator = SplitMix(state: 42)
        var read = 0
        for _ in 0..<10_000 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[Int.random(in: 0..<1024, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            guard let image = try? ELFImage(bytes) else { continue }
            read += 1
            _ = image.interpreters
            #expect(image.segments.count == Int(image.header.programHeaderCount) || image.segments.isEmpty)
        }
        #expect(read > 100)
    }

    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }
    }
}
