import ELF

/// Go's table of functions: the start of each function and the offset of its name.
///
/// Source of the layout: Go runtime/symtab.go, `functab`, and runtime/runtime2.go, `_func`; since Go 1.18 offsets have four
/// bytes on every machine.
struct FunctionTable: Sendable {
    private let bytes: ArraySlice<UInt8>
    private let count: Int
    private let byteOrder: ByteOrder

    /// Finds the table after its header.
    ///
    /// - Parameters:
    ///   - header: The line table from its magic number to the end of the segment.
    ///   - count: How many functions the header claims.
    ///   - offset: Where the header says that the table begins.
    /// - Returns: nil if the claimed number of functions does not fit.
    init?(_ header: ArraySlice<UInt8>, count: UInt64?, offset: UInt64?, byteOrder: ByteOrder) {
        guard let count, let offset, offset < UInt64(header.count), count < (UInt64(header.count) - offset) / 8 else {
            return nil
        }
        bytes = header[(header.startIndex + Int(offset))...]
        self.count = Int(count)
        self.byteOrder = byteOrder
    }

    /// The name of each function, of which the first 512 bytes count, and its size: the distance to the next.
    func sizes(names: ArraySlice<UInt8>) -> [(name: ArraySlice<UInt8>, size: Int)] {
        (0..<count).compactMap { index in
            guard let start = word(at: index * 8), let end = word(at: (index + 1) * 8), end >= start,
                let place = word(at: index * 8 + 4), let nameOffset = word(at: place + 4), nameOffset < names.count
            else { return nil }
            let name = names[(names.startIndex + nameOffset)...].prefix(512).prefix { $0 != 0 }
            return (name, end - start)
        }
    }

    private func word(at offset: Int) -> Int? {
        ByteReader(bytes, byteOrder).number(at: offset, size: 4).map { Int($0) }
    }
}
