/// `$NAME`, `${NAME}`, `${NAME:-default}` in words.
package enum Variables {
    /// The text with its variables filled in; nil if one has no known value.
    package static func filled(_ text: String, from values: [String: String]) -> String? {
        var filled = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            filled += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            let value: String?
            if rest.first == "{" {
                guard let close = rest.firstIndex(of: "}") else { return nil }
                value = braced(rest[rest.index(after: rest.startIndex)..<close], values)
                rest = rest[rest.index(after: close)...]
            } else {
                let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                value = values[String(name)]
                rest = rest.dropFirst(name.count)
            }
            guard let value else { return nil }
            filled += value
        }
        return filled + rest
    }

    private static func braced(_ text: Substring, _ values: [String: String]) -> String? {
        let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        let rest = text.dropFirst(name.count)
        let value = values[String(name)]
        if rest.hasPrefix(":-") { return value.flatMap { $0.isEmpty ? nil : $0 } ?? String(rest.dropFirst(2)) }
        if rest.hasPrefix(":+") { return value.map { $0.isEmpty ? "" : String(rest.dropFirst(2)) } }
        return rest.isEmpty ? value : nil
    }

    /// The names of the variables in a text.
    package static func names(in text: String) -> [String] {
        var names: [String] = []
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            rest = rest[rest.index(after: dollar)...].drop { $0 == "{" }
            let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            if !name.isEmpty { names.append(String(name)) }
            rest = rest.dropFirst(name.count)
        }
        return names
    }

    package static func unquoted(_ text: String) -> String {
        guard text.count > 1, let first = text.first, first == "\"" || first == "'", text.last == first else {
            return text
        }
        return String(text.dropFirst().dropLast())
    }
}
