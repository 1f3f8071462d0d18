/// `--option=`, which gives an option an empty value.
///
/// The parser takes the next word as the value instead (swift-argument-parser 1.8.2). In a script, `--tags="$TAGS"` without tags
/// would then take a package as its tags.
enum EmptyValue {
    /// The command line with the name and the empty value of such an option as two words, which the parser reads as meant.
    static func spelledOut(_ arguments: [String]) -> [String] {
        let own = arguments.prefix { $0 != "--" }
        return own.flatMap { word in isEmpty(word) ? [String(word.dropLast()), ""] : [word] }
            + arguments.dropFirst(own.count)
    }

    private static func isEmpty(_ word: String) -> Bool {
        word.hasPrefix("--") && word.firstIndex(of: "=") == word.indices.last
    }
}
