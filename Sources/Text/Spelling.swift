/// Suggestions for misspelt words.
public enum Spelling {
    /// The candidate with the smallest edit distance, the first of several; nil if even that needs more than two edits, or one
    /// for each three letters of the word.
    public static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
        let scored = candidates.map { (distance(word, $0), $0) }.min { $0.0 < $1.0 }
        guard let (distance, candidate) = scored, distance <= max(2, word.count / 3) else { return nil }
        return candidate
    }

    /// The end of a message about an unknown word: `; did you mean 'NAME'?`, or nothing.
    public static func hint(for word: String, in candidates: some Sequence<String>) -> String {
        nearest(to: word, in: candidates).map { "; did you mean '\($0)'?" } ?? ""
    }

    /// The number of insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
    private static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left)
        let right = Array(right)
        var table = (0...left.count).map { row in (0...right.count).map { row == 0 ? $0 : $0 == 0 ? row : 0 } }
        for row in left.indices {
            for column in right.indices {
                let substituted = table[row][column] + (left[row] == right[column] ? 0 : 1)
                var best = min(substituted, table[row][column + 1] + 1, table[row + 1][column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, table[row - 1][column - 1] + 1)
                }
                table[row + 1][column + 1] = best
            }
        }
        return table[left.count][right.count]
    }
}
