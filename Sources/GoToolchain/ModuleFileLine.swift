/// A line of a go.mod or go.work. Source: https://go.dev/ref/mod#go-mod-file-lexical.
struct ModuleFileLine: Sendable, Hashable {
    /// The words before a comment, without quotes.
    let words: [String]

    /// The lines of a text that have words. Lines may end as on Windows.
    static func all(in text: String) -> [ModuleFileLine] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            let code = line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
            let words = code.split(whereSeparator: \.isWhitespace).map { $0.filter { $0 != "\"" && $0 != "`" } }
            return words.isEmpty ? nil : ModuleFileLine(words: words)
        }
    }

    /// Whether it replaces a module by a folder: the path begins with `./`, `../` or `/`
    /// (https://go.dev/ref/mod#go-mod-file-replace).
    var replacesByFolder: Bool {
        guard let arrow = words.firstIndex(of: "=>"), arrow + 1 < words.count else { return false }
        return words[arrow + 1].hasPrefix(".") || words[arrow + 1].hasPrefix("/")
    }
}
