import ELF
import TestSupport
import Testing

/// Files whose counts claim as much work as a format can ask for. Reading them ends, with a bounded result.
struct HostileFileTests {
    private static let size = 4 << 20
    private static let count = 1000

    /// A file of 4 MiB: one PT_LOAD over all of it, and a thousand equal program headers more.
    private func file(kind: UInt32, filledWith byte: UInt8) -> [UInt8] {
        var bytes = [UInt8](repeating: byte, count: HostileFileTests.size)
        func put(_ value: UInt64, _ width: Int, at offset: Int) {
            for index in 0..<width { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(index))) }
        }
        for (index, value) in ([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 57)).enumerated() {
            bytes[index] = value
        }
        put(2, 2, at: 16)
        put(62, 2, at: 18)
        put(1, 4, at: 20)
        put(0x400100, 8, at: 24)
        put(64, 8, at: 32)
        put(64, 2, at: 52)
        put(56, 2, at: 54)
        put(UInt64(HostileFileTests.count + 1), 2, at: 56)
        for index in 0...HostileFileTests.count {
            let header = 64 + index * 56
            put(index == 0 ? 1 : UInt64(kind), 4, at: header)
            put(7, 4, at: header + 4)
            // All but the first begin behind the program headers.
            let offset: UInt64 = index == 0 ? 0 : 0x10000
            put(offset, 8, at: header + 8)
            put(0x400000 + offset, 8, at: header + 16)
            put(0x400000 + offset, 8, at: header + 24)
            put(UInt64(HostileFileTests.size) - offset, 8, at: header + 32)
            put(UInt64(HostileFileTests.size) - offset, 8, at: header + 40)
            put(4096, 8, at: header + 48)
        }
        return bytes
    }

    @Test(arguments: [UInt8(0x01), 0x41, 0xff]) func aThousandDynamicTables(byte: UInt8) throws {
        let image = try ELFImage(file(kind: 2, filledWith: byte))
        #expect(image.dynamicTables.count == HostileFileTests.count)
        #expect(image.dynamicTables.map(\.entries.count).reduce(0, +) <= 4096)
        #expect(image.dynamicTables.allSatisfy { !$0.defects.isEmpty })
    }

    @Test(arguments: [UInt8(0x01), 0x04, 0xff]) func aThousandNoteSegments(byte: UInt8) throws {
        let image = try ELFImage(file(kind: 4, filledWith: byte))
        // No byte pattern makes a note that ends within its segment; what is read of one is at most 64 KiB.
        #expect(image.segments.count { $0.kind == .note } == HostileFileTests.count)
        #expect(image.notes.map(\.descriptor.count).reduce(0, +) <= 64 * 65536)
    }

    @Test func aThousandLoadsOfTheSameBytes() throws {
        let image = try ELFImage(file(kind: 1, filledWith: 0xff))
        #expect(image.segments.count == HostileFileTests.count + 1)
        #expect(image.loads.map(\.range.count).reduce(0, +) <= 4 * HostileFileTests.size)
        #expect(image.loads.count >= 4)
        #expect(image.omittedLoadCount == HostileFileTests.count + 1 - image.loads.count)
    }

    @Test func aThousandInterpreters() throws {
        let image = try ELFImage(file(kind: 3, filledWith: 0x41))
        #expect(image.interpreters == [String?](repeating: nil, count: HostileFileTests.count))
    }
}
