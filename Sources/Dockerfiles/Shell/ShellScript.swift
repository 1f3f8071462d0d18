/// The simple commands of a shell script, in order, and what surrounds them.
///
/// Source: POSIX.1-2017, Shell Command Language, 2.9 Shell Commands. Loops run once, functions where they are defined.
struct ShellScript: Sendable {
    enum Item: Sendable {
        case command(Command)
        /// The beginning of a subshell, or of commands that may not be run.
        case open(Scope)
        /// Another branch of the innermost conditional.
        case otherwise
        case close(Scope)
        /// The text of a here-document of the command before.
        case document(String)
    }

    enum Scope: Sendable { case subshell, conditional }

    struct Command: Sendable {
        var words: [ShellWord] = []
        /// Whether it follows `||`, or `&&` after a test, so that it may not be run.
        var isConditional = false
    }

    private(set) var items: [Item] = []

    init(_ text: String) {
        var parser = Parser()
        for token in ShellLexer.tokens(of: text) { parser.take(token) }
        parser.finish()
        items = parser.items
    }

    /// A script of one command.
    init(words: [String]) {
        items = [.command(Command(words: words.map { ShellWord(parts: [.text($0, isQuoted: true)]) }))]
    }

    /// The names that it sets.
    var assignedNames: Set<String> {
        var names: Set<String> = []
        for case .command(let command) in items {
            names.formUnion(command.words.compactMap { $0.assignment?.name })
            if let first = command.words.first?.plain, ["read", "for"].contains(first) {
                names.formUnion(command.words.dropFirst().compactMap(\.plain))
            }
        }
        return names
    }
}

extension ShellScript {
    private struct Parser {
        var items: [Item] = []
        private var command = Command()
        private var isAfterTest = false

        mutating func take(_ token: ShellLexer.Token) {
            switch token {
            case .word(let word): take(word)
            case .document(let text): items.append(.document(text))
            case .control(let text):
                let name = command.words.first?.plain
                finish()
                switch text {
                case "(": items.append(.open(.subshell))
                case ")": items.append(.close(.subshell))
                case ";;": items.append(.otherwise)
                case "||": command.isConditional = true
                case "&&": command.isConditional = isAfterTest || name == "[" || name == "[[" || name == "test"
                default: break
                }
                isAfterTest = text == "&&" && command.isConditional
            }
        }

        private mutating func take(_ word: ShellWord) {
            guard command.words.isEmpty, let name = word.plain else { return command.words.append(word) }
            switch name {
            case "if", "while", "until": items.append(.open(.conditional))
            case "case", "for":
                items.append(.open(.conditional))
                command.words.append(word)
            case "fi", "done", "esac": items.append(.close(.conditional))
            case "else", "elif": items.append(.otherwise)
            case "then", "do", "{", "}", "!": break
            default: command.words.append(word)
            }
        }

        mutating func finish() {
            if !command.words.isEmpty { items.append(.command(command)) }
            command = Command()
        }
    }
}
