/// Reads numbers in the byte order of a file. Every read is checked against the end of the bytes.
package struct ByteReader: Sendable {
    /// The bytes. Offset 0 is the first of them.
    package let bytes: ArraySlice<UInt8>
    /// The byte order of the numbers.
    package let byteOrder: ByteOrder

    package init(_ bytes: ArraySlice<UInt8>, _ byteOrder: ByteOrder) {
        self.bytes = bytes
        self.byteOrder = byteOrder
    }

    /// Reads an unsigned number of at most eight bytes; nil if it is not wholly inside the bytes.
    package func number(at offset: Int, size: Int) -> UInt64? {
        guard offset >= 0, offset <= bytes.count - size else { return nil }
        let start = bytes.startIndex + offset
        var value: UInt64 = 0
        for index in 0..<size {
            value = value << 8 | UInt64(bytes[byteOrder == .big ? start + index : start + size - 1 - index])
        }
        return value
    }
}
