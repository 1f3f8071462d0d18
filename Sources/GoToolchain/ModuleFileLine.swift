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

    /// The folder that replaces a module; nil if it is another line. The path begins with `./`, `../` or `/`
    /// (https://go.dev/ref/mod#go-mod-file-replace).
    var replacingFolder: String? {
        guard let arrow = words.firstIndex(of: "=>"), arrow + 1 < words.count else { return nil }
        return isPath(words[arrow + 1]) ? words[arrow + 1] : nil
    }

    /// The folder of a module that a go.work uses; nil if it is another line (https://go.dev/ref/mod#go-work-file-use). In a block
    /// of several, it is alone on its line.
    var usedFolder: String? {
        let rest = words.first == "use" ? words.dropFirst() : words[...]
        guard rest.count == 1, let path = rest.first, words.count == 2 || isPath(path), path != "(" else { return nil }
        return path
    }

    private func isPath(_ word: String) -> Bool { word.hasPrefix(".") || word.hasPrefix("/") }
}
