/// A here-document of a RUN, COPY or ADD: `<<EOF`.
///
/// Source: `heredocsFromLine` in BuildKit's frontend/dockerfile/parser/parser.go. Builders look for here-documents in the
/// words of the whole line before any shell sees it.
package struct HereDocument: Sendable, Hashable {
    /// The word that ends it, without quotes; the name of the file in a COPY or ADD.
    package let name: String
    /// Whether it is written with a dash: tabs at the beginning of its lines are removed, and may stand before its end.
    let stripsTabs: Bool
    /// Its lines, each with a line feed.
    package internal(set) var text = ""

    /// The here-documents that a line opens, in order.
    static func opened(by line: String) -> [HereDocument] {
        // A line with an open quote has no words for the builder, and opens nothing.
        guard line.contains("<<"), let words = try? WordLexer.raw.words(of: line, from: { _ in .unset }) else {
            return []
        }
        return words.compactMap(HereDocument.init(word:))
    }

    /// Reads a word: the number of a descriptor, `<<`, perhaps a dash and blanks, and the end.
    init?(word: String) {
        let digits = word.unicodeScalars.prefix { ("0"..."9").contains($0) }
        var rest = word.unicodeScalars.dropFirst(digits.count)
        guard rest.starts(with: "<<".unicodeScalars) else { return nil }
        rest = rest.dropFirst(2)
        stripsTabs = rest.first == "-"
        if stripsTabs { rest = rest.dropFirst() }
        rest = rest.drop { $0.isBlank }
        guard !rest.isEmpty, !rest.contains("<") else { return nil }
        let words = try? WordLexer.keepingUnset.words(of: String(Substring(rest)), from: { _ in .unset })
        guard let words, words.count == 1, let name = words.first else { return nil }
        self.name = name
    }
}
