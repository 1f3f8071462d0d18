extension UInt8 {
    /// Whether the byte is an ASCII letter or digit; none of the grammars here quotes those.
    public var isASCIILetterOrDigit: Bool {
        (48...57).contains(self) || (65...90).contains(self) || (97...122).contains(self)
    }
}

extension String {
    /// The text with every byte of its UTF-8 form written as `%2B`, except letters, digits and the bytes to keep (RFC 3986,
    /// section 2.1).
    ///
    /// - Parameter kept: ASCII characters that are not encoded.
    public func percentEncoded(keeping kept: String) -> String {
        utf8.map { byte in
            guard !byte.isASCIILetterOrDigit, !kept.utf8.contains(byte) else { return String(UnicodeScalar(byte)) }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.utf8.count == 1 ? "0" : "") + digits
        }.joined()
    }

    /// The text as one word of a POSIX shell (POSIX.1, Shell Command Language, 2.2.2), in quotes only if it needs them.
    public var shellQuoted: String {
        let isPlain = utf8.allSatisfy { $0.isASCIILetterOrDigit || "-_./=:,+@%".utf8.contains($0) }
        return isPlain && !isEmpty ? self : "'" + replacing("'", with: "'\\''") + "'"
    }
}

extension Sequence where Element: Hashable {
    /// Each element once, at the place of its first occurrence.
    public var distinct: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
