import Text
import YAML

/// A value of a YAML file with its place, so that every error names line and column.
struct Value {
    let node: YAMLNode
    let file: String
    /// Its path in the document, `builds[0].platforms`; empty for the document itself.
    let path: String

    func error(_ message: String) -> ConfigurationError {
        ConfigurationError(file: file, line: node.mark.line, column: node.mark.column, message: message)
    }

    private var name: String { path.isEmpty ? "the file" : "'\(path)'" }

    private func wrongType(_ wanted: String) -> ConfigurationError {
        let kind =
            switch node.content {
            case .scalar(let text): text.isEmpty ? "empty" : "the text '\(text)'"
            case .mapping: "a mapping"
            case .sequence: "a list"
            }
        return error("\(name) must be \(wanted), but is \(kind)")
    }

    /// The entries of a mapping with a fixed set of keys.
    ///
    /// - Throws: For an unknown key, with the nearest known one.
    func entries(_ known: [String]) throws(ConfigurationError) -> [String: Value] {
        try mapping { (key) throws(ConfigurationError) in
            guard !known.contains(key.path) else { return }
            let hint = Spelling.hint(for: key.path, in: known)
            throw key.error(
                "unknown key '\(key.path)'\(path.isEmpty ? "" : " in '\(path)'")\(hint.isEmpty ? "; known are \(known.joined(separator: ", "))" : hint)"
            )
        }
    }

    /// The entries of a mapping. `check` sees each key first, as a value whose path is the key.
    func mapping(_ check: (Value) throws(ConfigurationError) -> Void) throws(ConfigurationError) -> [String: Value] {
        guard case .mapping(let mapping) = node.content else { throw wrongType("a mapping") }
        var entries: [String: Value] = [:]
        for (key, value) in mapping {
            guard let text = key.scalar else { throw error("a key of \(name) is not text") }
            try check(Value(node: key, file: file, path: text))
            let path = path.isEmpty ? text : "\(path).\(text)"
            entries[text] = Value(node: value, file: file, path: path)
        }
        return entries
    }

    /// The elements of a list.
    func list() throws(ConfigurationError) -> [Value] {
        guard case .sequence(let sequence) = node.content else { throw wrongType("a list") }
        return sequence.enumerated().map { Value(node: $1, file: file, path: "\(path)[\($0)]") }
    }

    /// A text, as it is written: `1.20` and `off` are texts too.
    func text() throws(ConfigurationError) -> String {
        guard let text = node.scalar, !text.isEmpty else { throw wrongType("text") }
        return text
    }

    /// A list of texts; a single text counts as a list of one.
    func texts() throws(ConfigurationError) -> [Value] {
        if node.scalar != nil { return [self] }
        return try list()
    }

    /// `true` or `false`.
    func truth() throws(ConfigurationError) -> Bool {
        switch node.scalar {
        case "true": return true
        case "false": return false
        default: throw wrongType("true or false")
        }
    }

    /// One of the cases of an enumeration.
    func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ type: Choice.Type
    ) throws(ConfigurationError) -> Choice {
        let words = type.allCases.map(\.rawValue)
        let word = try word(of: words)
        guard let choice = Choice(rawValue: word) else { throw wrongType("one of \(words.joined(separator: ", "))") }
        return choice
    }

    /// One of some words.
    func word(of words: [String]) throws(ConfigurationError) -> String {
        let text = try text()
        guard !words.contains(text) else { return text }
        let hint = Spelling.hint(for: text, in: words)
        throw error("\(name) must be one of \(words.joined(separator: ", ")), but is '\(text)'\(hint)")
    }

    /// A text that another type parses. Its error gets the place of this value.
    func read<Result>(_ body: (String) throws -> Result) throws(ConfigurationError) -> Result {
        let text = try text()
        do { return try body(text) } catch { throw self.error("\(name): \(error)") }
    }
}
