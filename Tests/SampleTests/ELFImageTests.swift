import ELF
import TestSupport
import Testing

@Suite struct ELFImageTests {
    private static let samples = [
        "c-dynamic", "c-static-pie", "go-linux-386", "go-linux-amd64", "go-linux-arm64", "go-linux-mips",
        "go-linux-s390x",
    ]

    /// `readelf -hlW`: one line for each field, `Flags: 0x5000400`, and for each program header.
    private struct Listing {
        let lines: [[Substring]]

        init(_ sample: String, _ options: String) throws {
            lines = try Execution("readelf", [options, Checkout.sample(sample)]).output.split(separator: "\n")
                .map { $0.split(separator: " ") }
        }

        /// The word after a field's name.
        func word(_ name: String) throws -> String {
            let line = try #require(lines.first { $0.joined(separator: " ").hasPrefix(name + ":") })
            return String(line[name.split(separator: " ").count])
        }

        func number(_ name: String) throws -> UInt64 {
            let word = try word(name)
            let hexadecimal = word.hasPrefix("0x") ? word.dropFirst(2).prefix { $0 != "," } : ""
            return try #require(hexadecimal.isEmpty ? UInt64(word) : UInt64(hexadecimal, radix: 16))
        }

        /// Offset, address, size in the file, size in memory and alignment of each program header, with its type and flags.
        var segments: [(type: String, numbers: [UInt64], flags: String)] {
            lines.filter { $0.count >= 7 && $0[1...5].allSatisfy { $0.hasPrefix("0x") } }.map { line in
                let numbers = [1, 2, 4, 5, line.count - 1].compactMap { UInt64(line[$0].dropFirst(2), radix: 16) }
                return (String(line[0]), numbers, line[6..<line.count - 1].joined())
            }
        }
    }

    @Test(arguments: samples) func readsTheHeaderThatReadelfReads(sample: String) throws {
        let header = try ELFImage(Checkout.bytes(ofSample: sample)).header
        let listing = try Listing(sample, "-hW")
        #expect("\(header.type)" == "ET_" + (try listing.word("Type")))
        #expect("ELF\(header.elfClass.bits)" == (try listing.word("Class")))
        #expect(header.byteOrder == (listing.lines.joined().contains("little") ? .little : .big))
        #expect(header.entry == (try listing.number("Entry point address")))
        #expect(UInt64(header.flags) == (try listing.number("Flags")))
        #expect(header.programHeaderOffset == (try listing.number("Start of program headers")))
        #expect(UInt64(header.programHeaderCount) == (try listing.number("Number of program headers")))
    }

    @Test(arguments: samples) func readsTheSegmentsThatReadelfReads(sample: String) throws {
        let segments = try ELFImage(Checkout.bytes(ofSample: sample)).segments
        let listed = try Listing(sample, "-lW").segments
        #expect(!listed.isEmpty && segments.count == listed.count)
        for (segment, other) in zip(segments, listed) {
            let numbers = [segment.offset, segment.address, segment.fileSize, segment.memorySize, segment.alignment]
            #expect(numbers == other.numbers, "\(segment.kind)")
            let flags = "\(segment.flags)".filter { $0 != "-" }.uppercased().replacing("X", with: "E")
            #expect(flags == other.flags, "\(segment.kind)")
            // Types of a single machine have no name here.
            if !"\(segment.kind)".hasPrefix("PT_0x") { #expect("\(segment.kind)" == "PT_" + other.type) }
        }
    }

    @Test func readsTheInterpreterAndTheLibrariesThatReadelfReads() throws {
        let image = try ELFImage(Checkout.bytes(ofSample: "c-dynamic"))
        let listing = try Execution("readelf", ["-lWd", Checkout.sample("c-dynamic")]).output
        let interpreter = try #require(image.interpreters.first ?? nil)
        #expect(listing.contains("[Requesting program interpreter: \(interpreter)]"))
        let needed = image.dynamicTables.flatMap(\.libraries).map(\.name)
        #expect(!needed.isEmpty)
        for name in needed { #expect(listing.contains("Shared library: [\(name)]")) }
    }

    @Test(
        arguments: [
            (0, 0, 0), (4, 3, 4), (5, 0, 5), (6, 0, 6), (20, 2, 20), (54, 32, 54), (56, 0, 56), (57, 0x40, 56),
            (39, 0x7f, nil),
        ] as [(Int, UInt8, Int?)])
    func refusesAHeaderThatTheKernelDoesNotAccept(offset: Int, value: UInt8, place: Int?) throws {
        var bytes = try Checkout.bytes(ofSample: "go-linux-amd64")
        bytes[offset] = value
        #expect { try ELFImage(bytes) } throws: { ($0 as? ELFError)?.offset == place ?? bytes.count }
    }

    /// A file that ends inside its headers is an error. One that ends later has the same program headers as the whole.
    @Test func aTruncationIsAnErrorOrKeepsTheSegments() throws {
        let bytes = Array(try Checkout.bytes(ofSample: "c-dynamic").prefix(2048))
        let whole = try ELFImage(Checkout.bytes(ofSample: "c-dynamic"))
        let end = Int(whole.header.programHeaderOffset) + whole.segments.count * Int(whole.header.programHeaderSize)
        for length in 0..<end {
            #expect(throws: ELFError.self, "\(length) bytes") { try ELFImage(Array(bytes.prefix(length))) }
        }
        for length in stride(from: end, to: bytes.count, by: 7) {
            #expect(try ELFImage(Array(bytes.prefix(length))).segments == whole.segments, "\(length) bytes")
        }
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
