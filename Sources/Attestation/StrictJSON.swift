/// A check of JSON documents (RFC 8259) that the decoder does not make: a key that an object has twice, of which readers
/// take one or the other, values nested without end, and text behind the document.
public enum StrictJSON {
    /// The deepest nesting that is read.
    static let maximumDepth = 64

    /// Whether a document is well-formed, and every object has each of its keys once.
    ///
    /// - Parameters:
    ///   - document: The text, in UTF-8.
    ///   - isFolding: Whether keys that differ by case alone count as one, as they do to some readers; the keys of labels and
    ///     annotations, which people make up, do not.
    public static func accepts(_ document: some Collection<UInt8>, foldingCase isFolding: Bool = false) -> Bool {
        var scanner = Scanner(bytes: Array(document), isFolding: isFolding)
        return scanner.value(depth: 0) && scanner.isAtEnd()
    }

    private struct Scanner {
        let bytes: [UInt8]
        let isFolding: Bool
        var place = 0
        /// The key of the value that is read.
        var parent = ""

        static let free: Set = ["labels", "annotations", "exposedports", "volumes"]

        /// As Go compares keys: by simple folding, in which the long s is an s.
        static func folded(_ key: String) -> String { key.uppercased().lowercased() }

        mutating func isAtEnd() -> Bool {
            skipSpace()
            return place == bytes.count
        }

        mutating func value(depth: Int) -> Bool {
            guard depth < StrictJSON.maximumDepth, let first = next() else { return false }
            switch first {
            case UInt8(ascii: "{"): return object(depth: depth)
            case UInt8(ascii: "["): return array(depth: depth)
            case UInt8(ascii: "\""): return string() != nil
            default: return literal()
            }
        }

        private mutating func object(depth: Int) -> Bool {
            place += 1
            var keys: Set<String> = []
            let folds = isFolding && !Scanner.free.contains(Scanner.folded(parent))
            if take(UInt8(ascii: "}")) { return true }
            repeat {
                guard next() == UInt8(ascii: "\""), let key = string(),
                    keys.insert(folds ? Scanner.folded(key) : key).inserted, take(UInt8(ascii: ":"))
                else { return false }
                parent = key
                guard value(depth: depth + 1) else { return false }
            } while take(UInt8(ascii: ","))
            return take(UInt8(ascii: "}"))
        }

        private mutating func array(depth: Int) -> Bool {
            place += 1
            if take(UInt8(ascii: "]")) { return true }
            repeat {
                guard value(depth: depth + 1) else { return false }
            } while take(UInt8(ascii: ","))
            return take(UInt8(ascii: "]"))
        }

        /// A string's text, in which escapes are resolved, for two spellings of one key are one key.
        private mutating func string() -> String? {
            place += 1
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
                case UInt8(ascii: "\""): return flush() ? String(decoding: units, as: UTF16.self) : nil
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

        /// A number or a word; the decoder looks at it closely.
        private mutating func literal() -> Bool {
            let start = place
            while place < bytes.count, !" \t\n\r,]}:\"[{".utf8.contains(bytes[place]) { place += 1 }
            return place > start
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
