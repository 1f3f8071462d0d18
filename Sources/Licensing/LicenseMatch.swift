/// What a text is licensed under, as far as the text itself tells.
public struct LicenseMatch: Sendable, Hashable {
    /// SPDX identifiers of the licences that the text consists of, in its order; empty if it is not recognized.
    public let identifiers: [String]
    /// How much of the text is that of these licences, 0 to 1. Titles and copyright lines do not count.
    public let confidence: Double
    /// The line on which the first of them begins, from 1; nil if there is none.
    public let line: Int?
    /// The copyright statements in the text, each once.
    public let copyrights: [String]

    /// Below this, a text is not recognized: 0.75, like on pkg.go.dev (https://pkg.go.dev/license-policy).
    public static let threshold = 0.75
    /// The longest text that is compared, in bytes.
    public static let maximumSize = 1 << 18

    /// Recognizes the licences of a text.
    public init(_ text: String) {
        copyrights = Copyrights.of(text)
        guard text.utf8.count <= LicenseMatch.maximumSize else {
            (identifiers, confidence, line) = ([], 0, nil)
            return
        }
        var search = LicenseSearch(LicenseWords(text))
        search.run()
        let isChanged = LicenseMatch.changes.contains { !search.text.places(of: $0, limit: 1).isEmpty }
        let coverage = search.coverage
        confidence = isChanged ? 0 : coverage
        let isKnown = !isChanged && coverage >= LicenseMatch.threshold
        identifiers = isKnown ? LicenseMatch.combined(search.matches.map(\.identifier)) : []
        line = isKnown ? search.matches.first.map { search.text.lines[$0.range.lowerBound] } : nil
    }

    /// Phrases that change what the licence around them permits, so that it is another one: Commons Clause, JSON, BSD-3-Clause-Clear,
    /// BSD-3-Clause-No-Nuclear-License.
    private static let changes = [
        "commons clause license condition", "shall be used for good not evil",
        "no express or implied licenses to any party s patent",
        "acknowledge that this software is not designed licensed or intended for use in",
    ].map { $0.split(separator: " ").map(String.init) }

    /// The licences of some texts together, each once. The GPL beside the LGPL of version 3 is the text that this refers to, not a
    /// second licence.
    public static func combined(_ found: [String]) -> [String] {
        let names = found.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return names.contains("LGPL-3.0-only") ? names.filter { $0 != "GPL-3.0-only" } : names
    }
}

/// The copyright statements of texts.
public enum Copyrights {
    /// The most statements that are taken from one text.
    static let limit = 50

    /// The statements in a text, each once. That of the Free Software Foundation about the text of its licence is left out.
    public static func of(_ text: String) -> [String] {
        var found: [String] = []
        var lines = text.utf8.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d })[...]
        while let line = lines.popFirst(), found.count < limit {
            guard let statement = CopyrightLine(Substring(line)), !found.contains(statement.text) else { continue }
            let next = lines.prefix(3).map { Substring($0).lowercased() }.joined(separator: " ")
            guard !next.contains("everyone is permitted to copy") else { continue }
            found.append(statement.text)
        }
        return found
    }
}
