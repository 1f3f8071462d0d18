/// A JSON array of strings, and nothing else.
///
/// Builders read it with Go's encoding/json, which is strict: `["a",]` is not an array there, while other readers accept it.
/// Source: RFC 8259.
enum StringArray {
    enum Content: Equatable {
        case strings([String])
        /// It is not a JSON array.
        case text
        /// A member begins like another value than a string. The text may still be no array.
        case otherMember
    }

    static func content(of text: String) -> Content {
        var reader = Reader(rest: Array(text.unicodeScalars)[...])
        guard reader.skip("[") else { return .text }
        var members: [String] = []
        if !reader.skip("]") {
            repeat {
                guard reader.skip("\"") else { return reader.rest.first == "]" ? .text : .otherMember }
                guard let member = reader.string() else { return .text }
                members.append(member)
            } while reader.skip(",")
            guard reader.skip("]") else { return .text }
        }
        return reader.isAtEnd ? .strings(members) : .text
    }

    private struct Reader {
        var rest: ArraySlice<Unicode.Scalar>

        private mutating func skipBlanks() { rest = rest.drop { " \t\r\n".unicodeScalars.contains($0) } }

        var isAtEnd: Bool {
            mutating get {
                skipBlanks()
                return rest.isEmpty
            }
        }

        mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
            skipBlanks()
            guard rest.first == scalar else { return false }
            rest.removeFirst()
            return true
        }

        /// Reads a string behind its first quote.
        mutating func string() -> String? {
            var text = String.UnicodeScalarView()
            while let scalar = rest.popFirst() {
                switch scalar {
                case "\"": return String(text)
                case "\\":
                    guard let escaped = escaped() else { return nil }
                    text.append(escaped)
                default:
                    guard scalar.value >= 0x20 else { return nil }
                    text.append(scalar)
                }
            }
            return nil
        }

        private mutating func escaped() -> Unicode.Scalar? {
            switch rest.popFirst() {
            case "b": return "\u{8}"
            case "f": return "\u{c}"
            case "n": return "\n"
            case "r": return "\r"
            case "t": return "\t"
            case "u":
                guard let first = codeUnit() else { return nil }
                guard (0xd800..<0xdc00).contains(first), rest.starts(with: "\\u".unicodeScalars) else {
                    return Unicode.Scalar(first) ?? "\u{fffd}"
                }
                // Go writes the replacement character for half a pair.
                let before = rest
                rest = rest.dropFirst(2)
                guard let second = codeUnit() else { return nil }
                guard (0xdc00..<0xe000).contains(second) else {
                    rest = before
                    return "\u{fffd}"
                }
                return Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
            case let scalar?: return "\"\\/".unicodeScalars.contains(scalar) ? scalar : nil
            case nil: return nil
            }
        }

        private mutating func codeUnit() -> UInt32? {
            let digits = rest.prefix(4)
            guard digits.count == 4, digits.allSatisfy({ $0.properties.isASCIIHexDigit }) else { return nil }
            rest = rest.dropFirst(4)
            return UInt32(String(String.UnicodeScalarView(digits)), radix: 16)
        }
    }
}
