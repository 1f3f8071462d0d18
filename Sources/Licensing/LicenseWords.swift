/// The words of a licence text, as licences are compared by them.
///
/// Letters become lower-case, and everything else but digits separates words. Lines that only state a copyright are left out,
/// because they are not part of a licence. Source: https://spdx.github.io/spdx-spec/v2.3/license-matching-guidelines-and-templates/.
struct LicenseWords {
    let words: [String]
    /// The line of each word, from 1.
    let lines: [Int]

    /// Words that mean the same.
    private static let equal = ["licence": "license", "licences": "licenses", "licenced": "licensed", "https": "http"]

    init(_ text: String) {
        var words: [String] = []
        var lines: [Int] = []
        for (index, line) in text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated() {
            guard CopyrightLine(Substring(line)) == nil else { continue }
            words += LicenseWords.words(of: line)
            lines += Array(repeating: index + 1, count: words.count - lines.count)
        }
        self.words = words
        self.lines = lines
    }

    private static func words(of line: Substring.UTF8View) -> [String] {
        line.split { !$0.isASCIIAlphanumeric }.map { bytes in
            let word = String(decoding: bytes.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
            return equal[word] ?? word
        }
    }

    /// The places at which a phrase begins, in order.
    func places(of phrase: [String], from start: Int = 0, limit: Int) -> [Int] {
        guard let first = phrase.first, words.count >= phrase.count, start >= 0 else { return [] }
        var places: [Int] = []
        var place = start
        while place <= words.count - phrase.count, places.count < limit {
            if words[place] == first, words[place..<place + phrase.count].elementsEqual(phrase) { places.append(place) }
            place += 1
        }
        return places
    }
}

extension UInt8 {
    fileprivate var isASCIIAlphanumeric: Bool {
        (48...57).contains(self) || (65...90).contains(self) || (97...122).contains(self)
    }
}

/// A line that states a copyright: `Copyright (c) 2026 A. Author`.
struct CopyrightLine {
    /// The statement, without comment signs.
    let text: String

    /// Reads a line; nil if it states no copyright. Sentences of licences about copyright, and the gaps that they leave for a name,
    /// do not.
    init?(_ line: Substring) {
        guard line.utf8.count < 500 else { return nil }
        var rest = line.drop { $0.isWhitespace || "/*#;-.\u{feff}\"'>|".contains($0) }
        while let last = rest.last, last.isWhitespace || "*/|".contains(last) { rest.removeLast() }
        let lower = rest.lowercased()
        let starts = ["copyright", "portions copyright", "all code copyright", "©", "(c)"]
        guard let start = starts.first(where: lower.hasPrefix) else { return nil }
        let tail = lower.dropFirst(start.count)
        guard tail.first?.isLetter != true else { return nil }
        // A list may have a point (c).
        let hasSign = start == "©" || tail.contains("(c)") || tail.contains("©")
        let hasYear = tail.split { !$0.isNumber }.contains {
            $0.count == 4 && ($0.hasPrefix("19") || $0.hasPrefix("20"))
        }
        let gaps = [
            "[yyyy]", "<year>", "{yyyy}", "[year]", "yyyy", "<name", "[fullname]", "<copyright holder",
            "copyright notice",
        ]
        guard hasYear || hasSign && tail.split(separator: " ").count > 1, !gaps.contains(where: lower.contains) else {
            return nil
        }
        text = String(rest)
    }
}
