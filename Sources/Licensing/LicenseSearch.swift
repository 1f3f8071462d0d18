/// Finds licences in the words of a text, the best match first, until no more is found.
struct LicenseSearch {
    let text: LicenseWords
    private(set) var matches: [Match] = []
    private var isCovered: [Bool]

    /// A licence in the text.
    struct Match {
        let identifier: String
        let range: Range<Int>
        /// How well the words are those of the licence, 0 to 1.
        let quality: Double
    }

    /// Worse matches are of another licence, or of one that was changed.
    private static let minimumQuality = 0.93
    /// The most places at which a licence is tried, and the most licences in one text: bounds for hostile texts.
    private static let limit = 12

    init(_ text: LicenseWords) {
        self.text = text
        isCovered = Array(repeating: false, count: text.words.count)
    }

    /// The share of the words that belong to a licence.
    var coverage: Double {
        text.words.isEmpty ? 0 : Double(isCovered.count { $0 }) / Double(text.words.count)
    }

    mutating func run() {
        let all =
            LicenseSearch.long.flatMap { $0.matches(in: text, limit: LicenseSearch.limit) }
            + LicenseSearch.short.flatMap { $0.matches(in: text, limit: LicenseSearch.limit) }
        // Of licences at one place the best is the right one. The longest goes first among equals.
        let good = all.filter { $0.quality >= LicenseSearch.minimumQuality }.sorted {
            ($1.quality, $1.range.count, $0.range.lowerBound) < ($0.quality, $0.range.count, $1.range.lowerBound)
        }
        for match in good where !isCovered[match.range].contains(true) {
            for place in match.range { isCovered[place] = true }
            matches.append(match)
        }
        for match in matches where match.isLong { coverFrame(of: match) }
        matches.sort { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// What stands before and after the terms of a long licence (its title, how to apply it) is part of its text.
    private mutating func coverFrame(of match: Match) {
        let others = matches.filter { $0.range != match.range }.map(\.range)
        let before = others.map(\.upperBound).filter { $0 <= match.range.lowerBound }.max() ?? 0
        let after = others.map(\.lowerBound).filter { $0 >= match.range.upperBound }.min() ?? isCovered.count
        for place in max(before, match.range.lowerBound - 150)..<match.range.lowerBound { isCovered[place] = true }
        for place in match.range.upperBound..<min(after, match.range.upperBound + 650) { isCovered[place] = true }
    }

    private static let short = ShortLicense.all.map(ShortPattern.init)
    private static let long = LongLicense.all.map(LongPattern.init)
}

extension LicenseSearch.Match {
    /// Whether it is the whole text of a licence of many pages.
    var isLong: Bool { range.count > 900 }
}

/// A long licence, ready to be looked for.
private struct LongPattern {
    let identifier: String
    let span: Int
    let phrases: [[String]]

    init(_ license: LongLicense) {
        // The text of a GNU licence alone permits no later version.
        identifier = license.identifier + (license.identifier.contains("GPL") ? "-only" : "")
        span = license.span
        phrases = license.phrases.map { $0.split(separator: " ").map(String.init) }
    }

    func matches(in text: LicenseWords, limit: Int) -> [LicenseSearch.Match] {
        text.places(of: phrases[0], limit: limit).compactMap { start in
            var end = start + phrases[0].count
            var found = 1
            for phrase in phrases.dropFirst() {
                guard let place = text.places(of: phrase, from: end, limit: 1).first, place < start + 2 * span else {
                    continue
                }
                end = place + phrase.count
                found += 1
            }
            let length = Double(end - start - phrases[0].count)
            let ratio = min(length, Double(span)) / max(length, Double(span), 1)
            let quality = Double(found) / Double(phrases.count) * (ratio > 0.97 ? 1 : ratio)
            return LicenseSearch.Match(
                identifier: identifier, range: start..<end, quality: quality)
        }
    }
}

/// A short licence, ready to be looked for.
private struct ShortPattern {
    let identifier: String
    let words: [String]

    init(_ license: ShortLicense) {
        identifier = license.identifier
        words = LicenseWords(license.text.split(separator: "\n").joined(separator: " ")).words
    }

    func matches(in text: LicenseWords, limit: Int) -> [LicenseSearch.Match] {
        let anchor = Array(words.prefix(5))
        let ending = Array(words.suffix(3))
        return text.places(of: anchor, limit: limit).map { start in
            let latest = min(text.words.count, start + words.count + words.count / 4)
            let ends = text.places(of: ending, from: start + words.count * 3 / 4, limit: 3).map { $0 + ending.count }
            let end = ends.first { $0 <= latest } ?? latest
            let window = Array(text.words[start..<end])
            let quality = 2 * Double(ShortPattern.shared(words, window)) / Double(words.count + window.count)
            return LicenseSearch.Match(identifier: identifier, range: start..<end, quality: quality)
        }
    }

    /// The length of the longest common subsequence.
    private static func shared(_ first: [String], _ second: [String]) -> Int {
        var row = Array(repeating: 0, count: second.count + 1)
        for word in first {
            var diagonal = 0
            for (index, other) in second.enumerated() {
                let above = row[index + 1]
                row[index + 1] = word == other ? diagonal + 1 : max(above, row[index])
                diagonal = above
            }
        }
        return row[second.count]
    }
}
