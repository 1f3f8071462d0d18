import YAML

/// A value of a YAML file with its place, so that every error names line and column.
struct Value {
    let node: YAMLNode
    let file: String
    /// Its path in the document, `builds[0].platforms`; empty for the document itself.
    let path: String

    func error(_ fault: ConfigurationError.Fault) -> ConfigurationError {
        ConfigurationError(file: file, line: node.mark.line, column: node.mark.column, fault)
    }

    private func wrongType(_ wanted: String) -> ConfigurationError {
        let kind =
            switch node.content {
            case .scalar(let text): text.isEmpty ? "empty" : "the text '\(text)'"
            case .mapping: "a mapping"
            case .sequence: "a list"
            }
        return error(.wrongType(key: path, wanted: wanted, found: kind))
    }

    /// The entries of a mapping with a fixed set of keys.
    ///
    /// - Throws: For an unknown key, with the nearest known one.
    func entries(_ known: [String]) throws(ConfigurationError) -> [String: Value] {
        try mapping { (key) throws(ConfigurationError) in
            guard !known.contains(key.path) else { return }
            throw key.error(.unknownKey(key.path, in: path, known: known))
        }
    }

    /// The entries of a mapping. `check` sees each key first, as a value whose path is the key.
    func mapping(_ check: (Value) throws(ConfigurationError) -> Void) throws(ConfigurationError) -> [String: Value] {
        guard case .mapping(let mapping) = node.content else { throw wrongType("a mapping") }
        var entries: [String: Value] = [:]
        for (key, value) in mapping {
            guard let text = key.scalar else { throw error(.keyIsNotText(in: path)) }
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
        throw error(.unknownWord(key: path, found: text, known: words))
    }

    /// Each text of a list, or a single text.
    func strings() throws(ConfigurationError) -> [String] {
        try texts().map { (value) throws(ConfigurationError) in try value.text() }
    }

    /// The texts of a mapping from names to texts.
    func pairs() throws(ConfigurationError) -> [String: String] {
        var pairs: [String: String] = [:]
        for (name, value) in try mapping({ _ in }) { pairs[name] = try value.text() }
        return pairs
    }

    /// A text that another type parses. Its error gets the place of this value.
    func read<Result>(_ body: (String) throws -> Result) throws(ConfigurationError) -> Result {
        let text = try text()
        do { return try body(text) } catch { throw self.error(.refused(key: path, reason: "\(error)")) }
    }
}
