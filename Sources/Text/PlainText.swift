extension UInt8 {
    /// Whether it is an ASCII letter or digit, which every grammar takes as it stands.
    public var isASCIILetterOrDigit: Bool {
        (48...57).contains(self) || (65...90).contains(self) || (97...122).contains(self)
    }
}

extension String {
    /// The text in which every byte but letters, digits and those that are kept is written `%2B` (RFC 3986, section 2.1).
    public func percentEncoded(keeping kept: String) -> String {
        utf8.map { byte in
            guard !byte.isASCIILetterOrDigit, !kept.utf8.contains(byte) else { return String(UnicodeScalar(byte)) }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.utf8.count == 1 ? "0" : "") + digits
        }.joined()
    }
}
