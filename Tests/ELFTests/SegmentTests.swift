import ELF
import TestSupport
import Testing

/// Program headers, interpreters and notes: System V gABI, chapter 5.
@Suite struct SegmentTests {
    private func image(_ change: (inout ELFBuilder) -> Void) throws -> ELFImage {
        var builder = ELFBuilder()
        change(&builder)
        return try ELFImage(builder.bytes)
    }

    @Test func theFieldsStandAsInTheFile() throws {
        let image = try image {
            $0.moreSegments = [
                .init(
                    type: 0x6474_e551, flags: 7, offset: 0x123, address: 0x456, fileSize: 0x10, memorySize: 0x20,
                    alignment: 16)
            ]
        }
        let segment = try #require(image.segments.last)
        #expect(segment.kind == .gnuStack && segment.flags == [.readable, .writable, .executable])
        #expect(segment.offset == 0x123 && segment.address == 0x456 && segment.alignment == 16)
        #expect(segment.fileRange == 0x123..<0x133)
        #expect(segment.fileBackedAddresses == 0x456..<0x466)
        #expect(segment.addresses == 0x456..<0x476)
    }

    @Test func aRangeThatEndsBeyond64BitsIsNone() throws {
        let image = try image {
            $0.moreSegments = [.init(type: 1, offset: .max - 1, address: .max - 1, fileSize: 4, memorySize: 4)]
        }
        let segment = try #require(image.segments.last)
        #expect(segment.fileRange == nil && segment.fileBackedAddresses == nil && segment.addresses == nil)
    }

    @Test(arguments: [(UInt32(0), "---"), (1, "--x"), (2, "-w-"), (4, "r--"), (5, "r-x"), (7, "rwx")])
    func flagsPrintAsReadelfPrintsThem(value: UInt32, text: String) {
        #expect("\(Segment.Flags(rawValue: value))" == text)
    }

    @Test(arguments: [
        (UInt32(1), "PT_LOAD"), (2, "PT_DYNAMIC"), (3, "PT_INTERP"), (4, "PT_NOTE"), (6, "PT_PHDR"), (7, "PT_TLS"),
        (0x6474_e551, "PT_GNU_STACK"), (0x6474_e552, "PT_GNU_RELRO"), (0x7000_0000, "PT_0x70000000"),
    ])
    func typesPrintAsTheSpecificationNamesThem(value: UInt32, name: String) {
        #expect("\(Segment.Kind(rawValue: value))" == name)
    }

    @Test func aFileWithoutInterpreterSegmentHasNone() throws { #expect(try image { _ in }.interpreters.isEmpty) }

    @Test func theInterpreterEndsAtItsZeroByte() throws {
        #expect(try image { $0.interpreter = "/lib/ld.so\0garbage" }.interpreters == ["/lib/ld.so"])
        #expect(try image { $0.interpreter = "" }.interpreters == [""])
    }

    /// The kernel reads at most PATH_MAX bytes (load_elf_binary). An unreadable path is still an interpreter.
    @Test func anUnreadableInterpreterIsNotMissing() throws {
        let long = String(repeating: "a", count: 5000)
        #expect(try image { $0.interpreter = long }.interpreters == [nil])
        let outside = try image {
            $0.moreSegments = [.init(type: 3, offset: 1 << 40, address: 0, fileSize: 16)]
        }
        #expect(outside.interpreters == [nil])
    }

    @Test func allInterpretersAreRead() throws {
        let image = try image {
            $0.interpreter = "/lib/ld.so"
            $0.moreSegments = [.init(type: 3, offset: 0, address: 0, fileSize: 4)]
        }
        #expect(image.interpreters == ["/lib/ld.so", "\u{7f}ELF"])
    }

    @Test(arguments: [UInt8(1), 2]) func notesHaveOwnerTypeAndDescriptor(byteOrder: UInt8) throws {
        let image = try image {
            $0.byteOrder = byteOrder
            $0.notes = [
                .init("GNU", type: 1, [1, 2, 3, 4, 5]), .init("Go", type: 4, []), .init("LongOwner", type: 9, [6]),
            ]
        }
        #expect(image.notes.map(\.owner) == ["GNU", "Go", "LongOwner"])
        #expect(image.notes.map(\.type) == [1, 4, 9])
        #expect(image.notes.map(\.descriptor) == [[1, 2, 3, 4, 5], [], [6]])
    }

    @Test func notesEndAtTheFirstBrokenOne() throws {
        var builder = ELFBuilder()
        builder.notes = [.init("GNU", type: 1, [1, 2, 3, 4]), .init("Go", type: 4, [5])]
        let bytes = builder.bytes
        let offset = Int(try #require(try ELFImage(bytes).segments.first { $0.kind == .note }).offset)
        // The descriptor size of the second note: its header begins behind 12 + 4 + 4 bytes.
        let broken = bytes.with([0xff, 0xff, 0xff, 0x7f], at: offset + 20 + 4)
        #expect(try ELFImage(broken).notes.map(\.owner) == ["GNU"])
    }

    @Test func theLoadsAreTheRangesThatTheKernelMaps() throws {
        let image = try image {
            $0.data = [1, 2, 3]
            $0.moreSegments = [.init(type: 1, offset: 1 << 40, address: 0x80_0000, fileSize: 1)]
        }
        #expect(image.loads.map(\.range) == [0..<0x1009, 0x2000..<0x2003, 0..<0])
        #expect(image.omittedLoadCount == 0)
    }

    @Test func loadsThatMapTheFileMoreThanFourTimesAreLeftOut() throws {
        let image = try image { builder in
            builder.moreSegments = (1...6).map {
                .init(type: 1, offset: 0, address: UInt64($0) << 32, fileSize: 0x1009)
            }
        }
        #expect(image.loads.count == 4)
        #expect(image.omittedLoadCount == 3)
    }
}
