import FoundationEssentials

/// Writes values as JSON with sorted keys, so that equal values are equal documents.
public enum JSONReporter {
    /// The document, indented, ending in a newline.
    public static func render(_ value: some Encodable) throws -> String {
        try text(value, [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
    }

    /// The document on one line, ending in a newline.
    public static func line(_ value: some Encodable) throws -> String {
        try text(value, [.sortedKeys, .withoutEscapingSlashes])
    }

    private static func text(_ value: some Encodable, _ formatting: JSONEncoder.OutputFormatting) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = formatting
        return escaped(String(decoding: try encoder.encode(value), as: UTF8.self)) + "\n"
    }

    /// Escapes more than JSON requires: each character that could steer the terminal or log that shows the document. Such
    /// characters occur inside strings only, so an escape is always valid.
    private static func escaped(_ document: String) -> String {
        guard document.unicodeScalars.contains(where: { $0 != "\n" && $0.isHazardous }) else { return document }
        return document.unicodeScalars.map { scalar in
            guard scalar.isHazardous, scalar != "\n" else { return String(scalar) }
            return String(scalar).utf16.map { unit in
                let digits = String(unit, radix: 16)
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }.joined()
        }.joined()
    }
}
