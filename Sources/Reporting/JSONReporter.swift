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

    /// A list of a document that may be long. The encoder would build all of it before it writes any.
    struct LongList {
        let name: String
        let items: AnySequence<any Encodable>

        init(_ name: String, _ items: some Sequence<some Encodable>) {
            self.name = name
            self.items = AnySequence(items.lazy.map { $0 as any Encodable })
        }
    }

    /// The document, as ``render(_:)`` writes it, with items in lists that are empty in the value.
    static func render(_ value: some Encodable, filling lists: [LongList]) throws -> String {
        var rest = try render(value)[...]
        var document = ""
        for list in lists {
            // No text of a string looks like this: its quotes would be escaped.
            guard let start = rest.firstRange(of: "\"\(list.name)\" : ["),
                let end = rest[start.upperBound...].firstIndex(of: "]")
            else { continue }
            document += rest[..<start.upperBound]
            let indent = rest[..<start.lowerBound].reversed().prefix { $0 == " " }.count
            let isEmpty = try !append(list.items, to: &document, indent: indent + 2)
            document += isEmpty ? rest[start.upperBound..<end] : "\n" + String(repeating: " ", count: indent)
            rest = rest[end...]
        }
        return document + rest
    }

    /// Appends the items of a list.
    ///
    /// - Returns: Whether there is any.
    private static func append(
        _ items: AnySequence<any Encodable>, to document: inout String, indent: Int
    ) throws -> Bool {
        let line = "\n" + String(repeating: " ", count: indent)
        var isFirst = true
        for item in items {
            if !isFirst { document += "," }
            isFirst = false
            document += line
            document += try render(item).split(separator: "\n").joined(separator: line)
        }
        return !isFirst
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
