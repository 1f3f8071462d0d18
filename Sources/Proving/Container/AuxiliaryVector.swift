import ELF

/// The auxiliary vector of a process (getauxval(3)), which the kernel writes for the program and its loader.
struct AuxiliaryVector {
    private let values: [UInt64: UInt64]

    /// Reads pairs of words, each a number and a value. A pair that is cut off is not read.
    init(_ bytes: [UInt8], _ elfClass: ELFClass, _ byteOrder: ByteOrder) {
        let size = elfClass.bits / 8
        let reader = ByteReader(bytes[...], byteOrder)
        var values: [UInt64: UInt64] = [:]
        for place in stride(from: 0, to: bytes.count, by: 2 * size) {
            guard let number = reader.number(at: place, size: size), number != 0,  // AT_NULL is the end.
                let value = reader.number(at: place + size, size: size)
            else { break }
            values[number] = value
        }
        self.values = values
    }

    /// Reads the vector of a process of this machine's kernel, whose programs can have 32 bits on a machine of 64.
    ///
    /// The numbers are small. If two words of 32 bits are read as one of 64, the second one, a value, is in its upper half. The
    /// first value is never 0: it is an address or a set of features.
    init(ofKernel bytes: [UInt8]) {
        let first = ByteReader(bytes[...], .little).number(at: 0, size: 8) ?? 0
        self.init(bytes, first >> 32 == 0 ? .bits64 : .bits32, .little)
    }

    /// Where the program begins once its loader is done; nil if it has no loader. AT_BASE is the loader's place, AT_ENTRY that of
    /// the program's first instruction.
    var entryBehindLoader: UInt64? { values[7].flatMap { $0 == 0 ? nil : values[9] } }
}
