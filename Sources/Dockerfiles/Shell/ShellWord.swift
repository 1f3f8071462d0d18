/// A word of a shell script before its variables are filled in.
struct ShellWord: Sendable, Hashable {
    /// A piece of a word.
    enum Part: Sendable, Hashable {
        case text(String, isQuoted: Bool)
        /// `$NAME`, or `${NAME-word}` with the mark and the word.
        case variable(String, mark: String, word: String, isQuoted: Bool)
        /// What only the shell knows: the output of a command, the result of a calculation.
        case unknown
    }

    var parts: [Part] = []

    /// What stands for an unknown piece in a word: the replacement character for objects, which no Dockerfile contains.
    static let unknownMark = "\u{FFFC}"

    /// The text, if the word is plain: without quotes and variables.
    var plain: String? {
        guard parts.count == 1, case .text(let text, isQuoted: false) = parts[0] else { return nil }
        return text
    }

    /// Whether it is written without variables.
    var isLiteral: Bool {
        parts.allSatisfy { part in
            if case .text = part { return true }
            return false
        }
    }

    /// The name and the value, if the word is an assignment.
    var assignment: (name: String, value: ShellWord)? {
        guard case .text(let text, isQuoted: false)? = parts.first, let equals = text.firstIndex(of: "=") else {
            return nil
        }
        let name = text[..<equals]
        guard let first = name.utf8.first, !(48...57).contains(first),
            name.utf8.allSatisfy({
                $0 == 95 || (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
            })
        else { return nil }
        var value = self
        value.parts[0] = .text(String(text[text.index(after: equals)...]), isQuoted: false)
        return (String(name), value)
    }

    /// The words that the shell makes of this one. Values outside quotes are split at blanks.
    func fields(from lookup: (String) -> Value) -> [String] {
        var fields: [String] = []
        var current = ""
        var isStarted = false
        for part in parts {
            let (text, isQuoted) = ShellWord.filled(part, from: lookup)
            isStarted = isStarted || isQuoted
            guard !isQuoted, case .variable = part else {
                current += text
                continue
            }
            var isFirst = true
            for piece in text.split(separator: " ", omittingEmptySubsequences: false) {
                if !isFirst {
                    if !current.isEmpty { fields.append(current) }
                    current = ""
                }
                current += piece
                isFirst = false
            }
        }
        if !current.isEmpty || isStarted { fields.append(current) }
        return fields
    }

    /// The value as an assignment takes it, which splits nothing.
    func value(from lookup: (String) -> Value) -> Value {
        let text = parts.map { ShellWord.filled($0, from: lookup).text }.joined()
        return text.contains(ShellWord.unknownMark) || text.utf8.count > WordLexer.longest ? .unknown : .known(text)
    }

    private static func filled(_ part: Part, from lookup: (String) -> Value) -> (text: String, isQuoted: Bool) {
        switch part {
        case .text(let text, let isQuoted): return (text, isQuoted)
        case .unknown: return (unknownMark, false)
        case .variable(let name, let mark, let word, let isQuoted):
            let value = lookup(name)
            let isMissing = value == .unset || mark.first == ":" && value == .known("")
            switch (value, mark.last) {
            case (.unknown, _): return (unknownMark, isQuoted)
            case (_, "-") where isMissing, (_, "=") where isMissing, (_, "+") where !isMissing:
                return (word.contains("$") || word.contains("`") ? unknownMark : word, isQuoted)
            case (_, "+"): return ("", isQuoted)
            case (.known(let text), nil), (.known(let text), "-"), (.known(let text), "="), (.known(let text), "?"):
                return (text, isQuoted)
            case (.known, _): return (unknownMark, isQuoted)
            case (.unset, _): return ("", isQuoted)
            }
        }
    }
}
