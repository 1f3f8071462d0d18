/// Quotes, escapes and variables in the words of an instruction, as builders read them.
///
/// Source: BuildKit's frontend/dockerfile/shell/lex.go. Patterns in `${NAME#pattern}` and `${NAME/pattern/text}` are not
/// applied: the result is unknown if the variable has a value.
struct WordLexer: Sendable {
    var escape: Unicode.Scalar = "\\"
    private var keepsQuotes = false
    private var keepsEscapes = false
    private var keepsUnset = false

    /// The longest text that variables are filled into, in bytes. No path, user or image name that people write is longer.
    static let longest = 1024
    /// How deep `${A:-${B:-…}}` may be nested.
    private static let deepest = 32

    init(escape: Unicode.Scalar = "\\") { self.escape = escape }

    /// Leaves names without a value as they are.
    static let keepingUnset: WordLexer = {
        var lexer = WordLexer()
        lexer.keepsUnset = true
        return lexer
    }()

    /// Only splits into words.
    static let raw: WordLexer = {
        var lexer = keepingUnset
        lexer.keepsQuotes = true
        lexer.keepsEscapes = true
        return lexer
    }()

    typealias Lookup = (String) -> Value

    /// The text without quotes and with its variables filled in.
    func value(of text: String, from lookup: @escaping Lookup) -> Value {
        // Most texts have nothing to fill in.
        if !text.utf8.contains(where: { $0 == 36 || $0 == 39 || $0 == 34 || $0 == escape.value }) {
            return .known(text)
        }
        var reader = Reader(lexer: self, rest: text.unicodeScalars[...], lookup: lookup)
        do {
            let filled = try reader.text(upTo: nil, keepsEscapes: keepsEscapes, depth: 0)
            return reader.isKnown && filled.unicodeScalars.count <= WordLexer.longest ? .known(filled) : .unknown
        } catch {
            return .unknown
        }
    }

    /// The words, split at blanks outside quotes.
    func words(of text: String, from lookup: @escaping Lookup) throws(Failure) -> [String] {
        var reader = Reader(lexer: self, rest: text.unicodeScalars[...], lookup: lookup, words: Words())
        _ = try reader.text(upTo: nil, keepsEscapes: keepsEscapes, depth: 0)
        return reader.words?.all ?? []
    }

    /// Why builders refuse the text.
    enum Failure: Error {
        case openQuote, openBrace, wrongSubstitution, missingValue, tooLong
    }

    /// Reads from the front of the text.
    fileprivate struct Reader {
        let lexer: WordLexer
        var rest: Substring.UnicodeScalarView
        let lookup: Lookup
        /// Whether every variable that the text uses is known.
        var isKnown = true
        /// The words; nil if only the whole text is wanted.
        var words: Words?
        /// How much was filled in, in bytes.
        var filled = 0
    }

    /// Collects the words of a text.
    struct Words {
        private var finished: [String] = []
        private var current = String.UnicodeScalarView()

        mutating func add(_ scalar: Unicode.Scalar) {
            guard scalar.isBlank else { return current.append(scalar) }
            finish()
        }

        mutating func addQuoted(_ text: String) { current.append(contentsOf: text.unicodeScalars) }

        private mutating func finish() {
            guard !current.isEmpty else { return }
            finished.append(String(current))
            current = .init()
        }

        var all: [String] { current.isEmpty ? finished : finished + [String(current)] }
    }
}

extension WordLexer.Reader {
    typealias Failure = WordLexer.Failure

    /// Reads up to a character, or to the end.
    mutating func text(
        upTo end: Unicode.Scalar?, keepsEscapes: Bool, depth: Int
    ) throws(Failure) -> String {
        guard depth <= WordLexer.deepest else { throw .tooLong }
        var result = ""
        // The words of a text inside braces are no words of the whole.
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

/// What is known of a variable, or of a text that uses variables.
package enum Value: Sendable, Hashable {
    /// It has this value.
    case known(String)
    /// It has none.
    case unset
    /// It depends on the base image or on the command line of the builder.
    case unknown

    /// The text; nil if it is unset or unknown.
    package var text: String? {
        guard case .known(let text) = self else { return nil }
        return text
    }
}
