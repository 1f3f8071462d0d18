/// The names of the variables that a text uses.
package enum VariableNames {
    /// The names behind `$`, except in single quotes and behind a backslash.
    package static func used(in text: String) -> [String] {
        var names: [String] = []
        var rest = text.unicodeScalars[...]
        var quote: Unicode.Scalar?
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\\": _ = rest.popFirst()
            case "'" where quote != "\"": quote = quote == nil ? "'" : nil
            case "\"" where quote != "'": quote = quote == nil ? "\"" : nil
            case "$" where quote != "'":
                rest = rest.drop { $0 == "{" }
                let name = rest.prefix {
                    $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType == .decimal
                }
                if !name.isEmpty { names.append(String(Substring(name))) }
                rest = rest[name.endIndex...]
            default: break
            }
        }
        return names
    }
}
