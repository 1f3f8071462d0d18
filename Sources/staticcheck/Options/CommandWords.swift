/// The words of a command line that belong to no option.
enum CommandWords {
    /// The parser hands over the words before and behind `--` as one list; this tells them apart.
    static func split(_ words: [String], commandLine: [String]) -> (own: [String], passedOn: [String]) {
        let behind = commandLine.drop { $0 != "--" }.dropFirst().count
        return (words.dropLast(behind), words.suffix(behind))
    }
}
