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
        var bytes = try encoder.encode(value)
        bytes.append(0x0a)
        let document = String(decoding: bytes, as: UTF8.self)
        // A large document is not copied if it needs no escapes.
        return document.unicodeScalars.contains(where: isEscaped) ? escaped(document) : document
    }

    /// Escapes more than JSON requires: each character that could steer the terminal or log that shows the document. Such
    /// characters occur inside strings only, so an escape is always valid.
    private static func escaped(_ document: String) -> String {
        var text = ""
        for scalar in document.unicodeScalars {
            guard isEscaped(scalar) else {
                text.unicodeScalars.append(scalar)
                continue
            }
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return text
    }

    private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool { scalar != "\n" && scalar.isHazardous }
}
