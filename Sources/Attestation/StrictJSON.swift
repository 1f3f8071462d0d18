/// A stricter check of JSON documents (RFC 8259) than the decoder's.
///
/// RFC 8259, section 4, leaves open what an object with the same key twice means, and readers differ: some take the first
/// value, some the last. A stamp or image that two readers read in two ways could pass the gate with one meaning and be used
/// with the other. Foundation's decoder accepts such objects, so this scanner refuses them. It also refuses deep nesting,
/// which exhausts recursive readers, and text behind the document.
///
/// To programs in Go, `entrypoint` is another spelling of `Entrypoint` (encoding/json, "Unmarshal"). If a document says what
/// its keys are (`JSONShape`), other spellings of them are refused too.
public enum StrictJSON {
    /// The greatest depth of nesting that is accepted.
    static let maximumDepth = 64

    /// Whether a document is well-formed, no object has a key twice, and keys are spelt as the shape spells them.
    ///
    /// - Parameters:
    ///   - document: The text, in UTF-8.
    ///   - shape: The keys of the document.
    public static func accepts(_ document: some Collection<UInt8>, as shape: JSONShape = .any) -> Bool {
        var scanner = Scanner(bytes: Array(document))
        return scanner.value(shape, depth: 0) && scanner.isAtEnd()
    }

    private struct Scanner {
        let bytes: [UInt8]
        var place = 0

        mutating func isAtEnd() -> Bool {
            skipSpace()
            return place == bytes.count
        }

        mutating func value(_ shape: JSONShape, depth: Int) -> Bool {
            guard depth < StrictJSON.maximumDepth, let first = next() else { return false }
            switch first {
            case UInt8(ascii: "{"): return object(shape, depth: depth)
            case UInt8(ascii: "["): return array(shape, depth: depth)
            case UInt8(ascii: "\""): return string() != nil
            default: return literal()
            }
        }

        private mutating func object(_ shape: JSONShape, depth: Int) -> Bool {
            place += 1
            var keys: Set<[UInt8]> = []
            if take(UInt8(ascii: "}")) { return true }
            repeat {
                // Keys are compared by their bytes: two that are equal strings in Swift can be two keys to others.
                guard next() == UInt8(ascii: "\""), let key = string(), shape.accepts(key),
                    keys.insert(shape.foldsKeys ? JSONShape.folded(key) : Array(key.utf8)).inserted,
                    take(UInt8(ascii: ":")), value(shape.member(key), depth: depth + 1)
                else { return false }
            } while take(UInt8(ascii: ","))
            return take(UInt8(ascii: "}"))
        }

        private mutating func array(_ shape: JSONShape, depth: Int) -> Bool {
            place += 1
            if take(UInt8(ascii: "]")) { return true }
            repeat {
                guard value(shape.element, depth: depth + 1) else { return false }
            } while take(UInt8(ascii: ","))
            return take(UInt8(ascii: "]"))
        }

        /// A string with its escapes resolved, because two spellings of a key are one key.
        private mutating func string() -> String? {
            place += 1
            let start = place
            while place < bytes.count, Scanner.isPlain(bytes[place]) { place += 1 }
            if place < bytes.count, bytes[place] == UInt8(ascii: "\"") {
                defer { place += 1 }
                return String(validating: bytes[start..<place], as: UTF8.self)
            }
            place = start
            return stringWithEscapes()
        }

        /// Whether a byte stands for itself in a string.
        private static func isPlain(_ byte: UInt8) -> Bool {
            byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
        }

        private mutating func stringWithEscapes() -> String? {
            var units: [UInt16] = []
            var raw: [UInt8] = []
            func flush() -> Bool {
                guard let text = String(validating: raw, as: UTF8.self) else { return false }
                units += text.utf16
                return true
            }
            while place < bytes.count {
                let byte = bytes[place]
                place += 1
                switch byte {
                case UInt8(ascii: "\""): return flush() ? String(validating: units, as: UTF16.self) : nil
                case UInt8(ascii: "\\"):
                    guard flush(), let unit = escape() else { return nil }
                    raw = []
                    units.append(unit)
                case 0..<0x20: return nil
                default: raw.append(byte)
                }
            }
            return nil
        }

        private static let escapes: [UInt8: UInt16] = [
            0x22: 0x22, 0x5c: 0x5c, 0x2f: 0x2f, 0x62: 8, 0x66: 12, 0x6e: 10, 0x72: 13, 0x74: 9,
        ]

        private mutating func escape() -> UInt16? {
            guard place < bytes.count else { return nil }
            let letter = bytes[place]
            place += 1
            guard letter == UInt8(ascii: "u") else { return Scanner.escapes[letter] }
            guard place + 4 <= bytes.count else { return nil }
            defer { place += 4 }
            let digits = bytes[place..<place + 4]
            guard digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else { return nil }
            return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        }

        /// A number or a literal (RFC 8259, sections 3 and 6).
        private mutating func literal() -> Bool {
            let start = place
            while place < bytes.count, !" \t\n\r,]}:\"[{".utf8.contains(bytes[place]) { place += 1 }
            let text = String(decoding: bytes[start..<place], as: UTF8.self)
            return ["true", "false", "null"].contains(text) || Scanner.isNumber(text)
        }

        private static func isNumber(_ text: String) -> Bool {
            text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil
        }

        private mutating func take(_ byte: UInt8) -> Bool {
            guard next() == byte else { return false }
            place += 1
            return true
        }

        private mutating func next() -> UInt8? {
            skipSpace()
            return place < bytes.count ? bytes[place] : nil
        }

        private mutating func skipSpace() {
            while place < bytes.count, " \t\n\r".utf8.contains(bytes[place]) { place += 1 }
        }
    }
}
