/// The characters that mean something in a format, all of them ASCII, and what stands for each in a text.
struct Escapes: Sendable {
    /// By the value of the character; nil for one that stands for itself.
    private let texts: [[UInt8]?]

    /// Makes the table of a format.
    init(_ escapes: KeyValuePairs<Unicode.Scalar, String>) {
        var texts = [[UInt8]?](repeating: nil, count: 256)
        for (scalar, text) in escapes where scalar.isASCII { texts[Int(scalar.value)] = Array(text.utf8) }
        self.texts = texts
    }

    /// Makes the table of a format in which a backslash goes before such a character.
    init(backslashBefore characters: String) {
        var texts = [[UInt8]?](repeating: nil, count: 256)
        for byte in characters.utf8 { texts[Int(byte)] = [UInt8(ascii: "\\"), byte] }
        self.texts = texts
    }

    /// The text as the format has it.
    func applied(to text: String) -> String {
        guard text.utf8.contains(where: { texts[Int($0)] != nil }) else { return text }
        var escaped: [UInt8] = []
        escaped.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            if let text = texts[Int(byte)] { escaped += text } else { escaped.append(byte) }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}
