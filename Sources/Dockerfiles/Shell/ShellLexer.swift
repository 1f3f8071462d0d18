/// Splits a shell script into words and operators.
///
/// Source: POSIX.1-2017, Shell Command Language, 2.2 Quoting and 2.3 Token Recognition. The commands inside `$(…)` and
/// backquotes are not read.
struct ShellLexer {
    enum Token: Sendable, Hashable {
        case word(ShellWord)
        /// `;`, `&&`, `||`, `|`, `&`, `(`, `)`, `;;`, or a line feed.
        case control(String)
        /// The text of a here-document.
        case document(String)
    }

    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var tokens: [Token] = []
    /// The here-documents that begin after the next line feed.
    private var waiting: [HereDocument] = []

    static func tokens(of script: String) -> [Token] {
        var lexer = ShellLexer(scalars: Array(script.unicodeScalars))
        while let scalar = lexer.peek() { lexer.read(scalar) }
        return lexer.tokens
    }

    private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    private func peek(_ distance: Int = 0) -> Unicode.Scalar? {
        index + distance < scalars.count ? scalars[index + distance] : nil
    }

    private mutating func read(_ scalar: Unicode.Scalar) {
        switch scalar {
        case " ", "\t", "\r": advance(1)
        case "\\" where peek(1) == "\n": advance(2)
        case "#": skip { $0 != "\n" }
        case "\n":
            advance(1)
            tokens.append(.control("\n"))
            readDocuments()
        case ";", "&", "|":
            if scalar == "&", peek(1) == ">" {
                advance(1)
                return redirect()
            }
            let isDouble = peek(1) == scalar
            advance(isDouble ? 2 : 1)
            tokens.append(.control(isDouble ? "\(scalar)\(scalar)" : String(scalar)))
        case "(", ")":
            advance(1)
            tokens.append(.control(String(scalar)))
        case "<", ">": redirect()
        default:
            let start = index
            let word = self.word()
            // The number of a descriptor belongs to the redirection.
            let isNumber = scalars[start..<index].allSatisfy { ("0"..."9").contains($0) }
            if isNumber, let next = peek(), next == "<" || next == ">" { return redirect() }
            tokens.append(.word(word))
        }
    }

    private mutating func advance(_ count: Int) { index = min(index + count, scalars.count) }

    private mutating func skip(while condition: (Unicode.Scalar) -> Bool) {
        while let scalar = peek(), condition(scalar) { advance(1) }
    }

    /// Reads a redirection and its file, which do not change what a command is.
    private mutating func redirect() {
        let isDocument = peek() == "<" && peek(1) == "<" && peek(2) != "<"
        let start = index
        skip { "<>|&".unicodeScalars.contains($0) }
        if isDocument, peek() == "-" { advance(1) }
        let mark = String(String.UnicodeScalarView(scalars[start..<index]))
        // `<(…)` is a word for the name of a pipe.
        if mark.count == 1, peek() == "(" {
            skipSubstitution(close: ")")
            return tokens.append(.word(ShellWord(parts: [.unknown])))
        }
        skip { $0 == " " || $0 == "\t" }
        let wordStart = index
        _ = word()
        guard isDocument else { return }
        let word = String(String.UnicodeScalarView(scalars[wordStart..<index]))
        if let document = HereDocument(word: mark + word) { waiting.append(document) }
    }

    private mutating func readDocuments() {
        for document in waiting {
            let end = Array(document.name.unicodeScalars)
            var text = String.UnicodeScalarView()
            while index < scalars.count {
                let start = index
                skip { $0 != "\n" }
                var line = scalars[start..<index]
                if peek() != nil { advance(1) }
                if document.stripsTabs { line = line.drop { $0 == "\t" } }
                if line.elementsEqual(end) { break }
                text.append(contentsOf: line)
                text.append("\n")
            }
            tokens.append(.document(String(text)))
        }
        waiting = []
    }

    // MARK: Words

    private mutating func word() -> ShellWord {
        var word = ShellWord()
        var text = String.UnicodeScalarView()
        func flush(_ isQuoted: Bool) {
            if isQuoted || !text.isEmpty { word.parts.append(.text(String(text), isQuoted: isQuoted)) }
            text = .init()
        }
        var isQuoted = false
        while let scalar = peek() {
            if isQuoted {
                if scalar == "\"" {
                    advance(1)
                    flush(true)
                    isQuoted = false
                    continue
                }
            } else if " \t\r\n;&|()<>".unicodeScalars.contains(scalar) {
                break
            }
            switch scalar {
            case "\\":
                advance(1)
                guard let escaped = peek() else { break }
                advance(1)
                if escaped == "\n" { break }
                if isQuoted, !"$`\"\\".unicodeScalars.contains(escaped) { text.append("\\") }
                if !isQuoted { flush(false) }
                text.append(escaped)
                if !isQuoted { flush(true) }
            case "'" where !isQuoted:
                flush(false)
                advance(1)
                let start = index
                skip { $0 != "'" }
                text.append(contentsOf: scalars[start..<index])
                advance(1)
                flush(true)
            case "\"":
                flush(false)
                advance(1)
                isQuoted = true
            case "$", "`":
                flush(isQuoted && !text.isEmpty)
                if let part = expansion(isQuoted: isQuoted) { word.parts.append(part) } else { text.append("$") }
            default:
                advance(1)
                text.append(scalar)
            }
        }
        flush(isQuoted)
        return word
    }

    /// Reads `$NAME`, `${NAME}`, `$(…)` or a command in backquotes; nil for a dollar sign that means nothing.
    private mutating func expansion(isQuoted: Bool) -> ShellWord.Part? {
        if peek() == "`" {
            advance(1)
            while let scalar = peek(), scalar != "`" { advance(scalar == "\\" ? 2 : 1) }
            advance(1)
            return .unknown
        }
        advance(1)
        switch peek() {
        case "(":
            skipSubstitution(close: ")")
            return .unknown
        case "{":
            let start = index + 1
            skipSubstitution(close: "}")
            let inside = Substring(String(String.UnicodeScalarView(scalars[min(start, index)..<max(start, index - 1)])))
            let name = inside.prefix { $0 == "_" || $0.isLetter || $0.isNumber }
            let rest = inside.dropFirst(name.count)
            let mark = rest.prefix { ":-+=?#%/^,@".contains($0) }.prefix(rest.first == ":" ? 2 : 1)
            guard !name.isEmpty else { return .unknown }
            return .variable(
                String(name), mark: String(mark), word: String(rest.dropFirst(mark.count)).withoutQuotes,
                isQuoted: isQuoted)
        default:
            let start = index
            if let first = peek(), "@*#?-$!0123456789".unicodeScalars.contains(first) {
                advance(1)
                return .unknown
            }
            skip { $0 == "_" || $0.properties.isAlphabetic || ("0"..."9").contains($0) }
            guard index > start else { return nil }
            return .variable(
                String(String.UnicodeScalarView(scalars[start..<index])), mark: "", word: "", isQuoted: isQuoted)
        }
    }

    /// Skips from an opening bracket to behind the closing one.
    private mutating func skipSubstitution(close: Unicode.Scalar) {
        let open: Unicode.Scalar = close == ")" ? "(" : "{"
        var depth = 0
        while let scalar = peek() {
            advance(1)
            switch scalar {
            case open: depth += 1
            case close: depth -= 1
            case "\\": advance(1)
            case "'":
                skip { $0 != "'" }
                advance(1)
            case "\"":
                while let quoted = peek(), quoted != "\"" { advance(quoted == "\\" ? 2 : 1) }
                advance(1)
            default: break
            }
            if depth == 0 { break }
        }
        index = min(index, scalars.count)
    }
}

extension String {
    /// The text without quotes around it.
    fileprivate var withoutQuotes: String {
        guard utf8.count > 1, let first, first == last, first == "\"" || first == "'" else { return self }
        return String(dropFirst().dropLast())
    }
}
