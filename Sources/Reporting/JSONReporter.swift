import FoundationEssentials

/// Writes values as JSON with sorted keys, so that equal values are equal documents.
public enum JSONReporter {
    /// The document, indented, ending in a newline.
    public static func render(_ value: some Encodable) throws -> String {
        text(try encoder(indented).encode(value))
    }

    /// The document on one line, ending in a newline.
    public static func line(_ value: some Encodable) throws -> String {
        text(try encoder([.sortedKeys, .withoutEscapingSlashes]).encode(value))
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
        let encoder = encoder(indented)
        var rest = try encoder.encode(value)[...]
        var document: [UInt8] = []
        for list in lists {
            // No text of a string looks like this: its quotes would be escaped.
            guard let start = rest.firstRange(of: Array("\"\(list.name)\" : [".utf8)),
                let end = rest[start.upperBound...].firstIndex(of: UInt8(ascii: "]"))
            else { continue }
            document += rest[..<start.upperBound]
            let indent = rest[..<start.lowerBound].reversed().prefix { $0 == UInt8(ascii: " ") }.count
            let isEmpty = try !append(list.items, by: encoder, to: &document, indent: indent + 2)
            document += isEmpty ? Array(rest[start.upperBound..<end]) : newLine(indent)
            rest = rest[end...]
        }
        document += rest
        return text(document)
    }

    /// Appends the items of a list.
    ///
    /// - Returns: Whether there is any.
    private static func append(
        _ items: AnySequence<any Encodable>, by encoder: JSONEncoder, to document: inout [UInt8], indent: Int
    ) throws -> Bool {
        let line = newLine(indent)
        var isFirst = true
        for item in items {
            if !isFirst { document.append(UInt8(ascii: ",")) }
            isFirst = false
            document += line
            for byte in try Array(encoder.encode(item)) {
                if byte == UInt8(ascii: "\n") { document += line } else { document.append(byte) }
            }
        }
        return !isFirst
    }

    private static func newLine(_ indent: Int) -> [UInt8] { Array(("\n" + String(repeating: " ", count: indent)).utf8) }

    private static let indented: JSONEncoder.OutputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]

    private static func encoder(_ formatting: JSONEncoder.OutputFormatting) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = formatting
        return encoder
    }

    private static func text(_ bytes: consuming some RangeReplaceableCollection<UInt8>) -> String {
        bytes.append(UInt8(ascii: "\n"))
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
