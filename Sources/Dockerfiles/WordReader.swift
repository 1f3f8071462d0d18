/// Reads the parts of a word.
extension WordLexer.Reader {
    typealias Failure = WordLexer.Failure

    /// Reads up to a character, or to the end.
    mutating func text(
        upTo end: Unicode.Scalar?, keepsEscapes: Bool, depth: Int
    ) throws(Failure) -> String {
        guard depth <= WordLexer.deepest else { throw .tooLong }
        var result = ""
        // Words inside braces do not count as words of the whole text.
        let outer = depth == 0
        while let scalar = rest.first {
            if scalar == end {
                rest.removeFirst()
                return result
            }
            let part: String
            switch scalar {
            case "'": part = try singleQuoted()
            case "\"": part = try doubleQuoted(keepsEscapes: keepsEscapes, depth: depth)
            case "$":
                part = try variable(depth: depth)
                if outer, words != nil { for scalar in part.unicodeScalars { words?.add(scalar) } }
            case "<": part = documentMark()
            case lexer.escape:
                rest.removeFirst()
                guard let escaped = rest.popFirst() else {
                    if keepsEscapes { words?.addQuoted(String(lexer.escape)) }
                    return result
                }
                part = (keepsEscapes ? String(lexer.escape) : "") + String(escaped)
            default:
                rest.removeFirst()
                result.append(Character(scalar))
                if outer { words?.add(scalar) }
                continue
            }
            if outer, scalar != "$" { words?.addQuoted(part) }
            result += part
        }
        guard end == nil else { throw .openBrace }
        return result
    }

    private mutating func singleQuoted() throws(Failure) -> String {
        rest.removeFirst()
        guard let close = rest.firstIndex(of: "'") else { throw .openQuote }
        let text = String(Substring(rest[..<close]))
        rest = rest[rest.index(after: close)...]
        return lexer.keepsQuotes ? "'\(text)'" : text
    }

    private mutating func doubleQuoted(keepsEscapes: Bool, depth: Int) throws(Failure) -> String {
        rest.removeFirst()
        var result = ""
        if lexer.keepsQuotes { result += "\"" }
        while let scalar = rest.first {
            switch scalar {
            case "\"":
                rest.removeFirst()
                if lexer.keepsQuotes { result += "\"" }
                return result
            case "$": result += try variable(depth: depth)
            case lexer.escape:
                rest.removeFirst()
                guard let escaped = rest.first else { throw .openQuote }
                // Other characters keep the escape character before them.
                let isEscaped = escaped == "\"" || escaped == "$" || escaped == lexer.escape
                if keepsEscapes || !isEscaped { result.append(Character(lexer.escape)) }
                if isEscaped { result.append(Character(rest.removeFirst())) }
            default: result.append(Character(rest.removeFirst()))
            }
        }
        throw .openQuote
    }

    /// `<<` and the blanks behind it, which belong to the word that ends a here-document.
    private mutating func documentMark() -> String {
        rest.removeFirst()
        guard rest.first == "<" else { return "<" }
        rest.removeFirst()
        let blanks = rest.prefix { $0 == " " || $0 == "\t" || $0 == "\r" }
        rest = rest[blanks.endIndex...]
        return "<<" + String(Substring(blanks))
    }

    private mutating func variable(depth: Int) throws(Failure) -> String {
        rest.removeFirst()
        guard rest.first == "{" else {
            let name = self.name()
            return name.isEmpty ? "$" : try filled(lookup(name), unset: "$" + name)
        }
        rest.removeFirst()
        guard let first = rest.first else { throw .openBrace }
        guard first != "{", first != "}", first != ":" else { throw .wrongSubstitution }
        let name = self.name()
        guard var mark = rest.popFirst() else { throw .openBrace }
        if mark == "}" { return try filled(lookup(name), unset: "${\(name)}") }
        let emptyIsUnset = mark == ":"
        if emptyIsUnset {
            guard let next = rest.popFirst() else { throw .openBrace }
            mark = next
        }
        let isPattern = mark == "#" || mark == "%" || mark == "/"
        guard "+-?".unicodeScalars.contains(mark) || isPattern && !emptyIsUnset else { throw .wrongSubstitution }
        let wasKnown = isKnown
        let word = try text(upTo: "}", keepsEscapes: isPattern, depth: depth + 1)
        let isWordKnown = isKnown
        isKnown = wasKnown
        let value = lookup(name)
        if lexer.keepsUnset, value == .unset {
            return "${\(name)\(emptyIsUnset ? ":" : "")\(mark)\(word)}"
        }
        guard !isPattern else { return try filled(value == .unset ? .known("") : .unknown, unset: "") }
        return try filled(value, mark, word, isWordKnown: isWordKnown, emptyIsUnset: emptyIsUnset)
    }

    private mutating func filled(_ value: Value, unset: String) throws(Failure) -> String {
        switch value {
        case .known(let text):
            filled += text.utf8.count
            guard filled <= WordLexer.longest else { throw .tooLong }
            return text
        case .unset: return lexer.keepsUnset ? unset : ""
        case .unknown:
            isKnown = false
            return ""
        }
    }

    /// `${NAME-word}`, `${NAME+word}`, `${NAME?word}`.
    private mutating func filled(
        _ value: Value, _ mark: Unicode.Scalar, _ word: String, isWordKnown: Bool, emptyIsUnset: Bool
    ) throws(Failure) -> String {
        if value == .unknown {
            isKnown = false
            return ""
        }
        let isMissing = value == .unset || emptyIsUnset && value == .known("")
        switch mark {
        case "-" where isMissing, "+" where !isMissing:
            isKnown = isKnown && isWordKnown
            return word
        case "+": return ""
        case "?" where isMissing: throw .missingValue
        default: return try filled(value, unset: "")
        }
    }

    /// A name, the digits of a parameter, or a special parameter.
    private mutating func name() -> String {
        guard let first = rest.first else { return "" }
        let isDigit = first.properties.numericType == .decimal
        if !isDigit, "@*#?-$!".unicodeScalars.contains(first) {
            rest.removeFirst()
            return String(first)
        }
        let name = rest.prefix {
            $0.properties.numericType == .decimal || !isDigit && ($0 == "_" || $0.properties.isAlphabetic)
        }
        rest = rest[name.endIndex...]
        return String(Substring(name))
    }
}
