extension BinaryInteger {
    /// The number in hexadecimal, `0x400000`.
    var hex: String { "0x" + String(self, radix: 16) }

    /// The number in octal, as modes are written: `0755`.
    var octal: String { "0" + String(self, radix: 8) }
}
