/// Reads the first tokens of a Go file. Source: https://go.dev/ref/spec#Lexical_elements.
struct GoScanner {
    private let text: [UInt8]
    /// The offset of the next token in bytes.
    private(set) var position: Int
    /// The comments to the end of a line that were skipped.
    private(set) var comments: [String] = []

    /// Begins after the byte order mark, if there is one.
    init(_ text: [UInt8]) {
        self.text = text
        position = text.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    }

    private var next: UInt8? { position < text.count ? text[position] : nil }

    /// Skips white space, comments and semicolons, which separate clauses as the ends of lines do.
    ///
    /// - Returns: Whether each comment ends.
    mutating func skipBlanks() -> Bool {
        while let byte = next {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"), UInt8(ascii: ";"):
                position += 1
            case UInt8(ascii: "/"):
                guard skipComment() else { return false }
            default: return true
            }
        }
        return true
    }

    private mutating func skipComment() -> Bool {
        let rest = text[position...]
        if rest.starts(with: "//".utf8) {
            let line = rest.prefix { $0 != UInt8(ascii: "\n") }
            comments.append(String(decoding: line, as: UTF8.self))
            position = line.endIndex
            return true
        }
        guard rest.starts(with: "/*".utf8) else { return false }
        position += 2
        while position < text.count {
            if text[position...].starts(with: "*/".utf8) {
                position += 2
                return true
            }
            position += 1
        }
        return false
    }

    /// Skips a name or keyword, and returns it; empty if there is none here. Every letter outside ASCII counts.
    mutating func word() -> String {
        let word = text[position...].prefix { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
                true
            default: false
            }
        }
        position = word.endIndex
        return String(decoding: word, as: UTF8.self)
    }

    /// Skips a character, if it is the next one.
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// Skips a string in quotes or back quotes, and returns what is in it; nil if none begins here and ends on this line. Strings
    /// with escapes are not read.
    mutating func string() -> String? {
        guard let quote = next, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "`") else { return nil }
        let content = text[(position + 1)...].prefix { $0 != quote && $0 != UInt8(ascii: "\n") }
        guard content.endIndex < text.count, text[content.endIndex] == quote,
            !content.contains(UInt8(ascii: "\\"))
        else { return nil }
        position = content.endIndex + 1
        return String(decoding: content, as: UTF8.self)
    }
}
