/// The words of a command line that belong to no option, divided at `--`.
struct CommandWords: Sendable, Hashable {
    /// The words before `--`.
    let own: [String]
    /// The words after it.
    let passedOn: [String]

    /// Divides words that the parser hands over as one list.
    ///
    /// The parser has `@Argument(parsing: .postTerminator)` for this, but refuses a list of arguments beside another one
    /// (swift-argument-parser 1.8.2, PositionalArgumentsValidator). What follows the first `--` is always the end of the
    /// list, so the command line tells how long that is.
    init(_ words: [String], commandLine: [String]) {
        let count = commandLine.drop { $0 != "--" }.dropFirst().count
        own = words.dropLast(count)
        passedOn = words.suffix(count)
    }
}
