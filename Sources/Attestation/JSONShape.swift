/// The keys of a JSON document, and of the objects in it.
public indirect enum JSONShape: Sendable {
    /// An object with these keys. It may have others, whose values can be anything.
    case object(Keys)
    /// An object whose keys users choose, such as labels.
    case map(JSONShape)
    /// A list of such values.
    case list(JSONShape)
    /// Any value.
    case any

    /// Keys by what they are folded to.
    public struct Keys: Sendable {
        var known: [[UInt8]: (spelling: [UInt8], value: JSONShape)] = [:]
    }

    /// An object whose keys have values without keys.
    public static func keys(_ keys: String...) -> JSONShape {
        JSONShape.object(Keys()).with(Dictionary(keys.map { ($0, any) }) { $1 })
    }

    /// An object with more keys.
    public func with(_ more: [String: JSONShape]) -> JSONShape {
        guard case .object(var keys) = self else { return self }
        for (key, value) in more { keys.known[JSONShape.folded(key)] = (Array(key.utf8), value) }
        return .object(keys)
    }

    /// Whether two keys of the object that are spelt in two ways are one.
    var foldsKeys: Bool { if case .object = self { true } else { false } }

    /// Whether a key of the object is known, or is not a known one in another spelling.
    func accepts(_ key: String) -> Bool {
        guard case .object(let keys) = self, let known = keys.known[JSONShape.folded(key)] else { return true }
        return known.spelling.elementsEqual(key.utf8)
    }

    /// The value of a key that is accepted.
    func member(_ key: String) -> JSONShape {
        switch self {
        case .object(let keys): keys.known[JSONShape.folded(key)]?.value ?? .any
        case .map(let value): value
        case .list, .any: .any
        }
    }

    var element: JSONShape { if case .list(let element) = self { element } else { .any } }

    /// A key as Go compares it with known ones: ASCII letters without case, and two more letters that Unicode's simple folding
    /// takes for a k (the Kelvin sign) and an s (the long s). See encoding/json/fold.go.
    static func folded(_ key: String) -> [UInt8] {
        guard !key.utf8.allSatisfy({ $0 < 0x80 }) else {
            return key.utf8.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 }
        }
        return key.unicodeScalars.flatMap { scalar -> [UInt8] in
            switch scalar {
            case "A"..."Z": [UInt8(ascii: scalar) | 0x20]
            case "\u{212a}": [UInt8(ascii: "k")]
            case "\u{17f}": [UInt8(ascii: "s")]
            default: Array(String(scalar).utf8)
            }
        }
    }
}
