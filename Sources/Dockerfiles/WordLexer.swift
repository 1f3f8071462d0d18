/// Quotes, escapes and variables in the words of an instruction, as builders read them.
///
/// Source: BuildKit's frontend/dockerfile/shell/lex.go. Patterns in `${NAME#pattern}` and `${NAME/pattern/text}` are not
/// applied: the result is unknown if the variable has a value.
struct WordLexer: Sendable {
    var escape: Unicode.Scalar = "\\"
    private(set) var keepsQuotes = false
    private var keepsEscapes = false
    private(set) var keepsUnset = false

    /// The longest text that variables are filled into, in bytes. No path, user or image name that people write is longer.
    static let longest = 1024
    /// How deep `${A:-${B:-…}}` may be nested.
    static let deepest = 32

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
    struct Reader {
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
