/// A value of a YAML document, with its place.
public struct YAMLNode: Sendable {
    /// The value itself.
    public let content: Content
    /// Where the value begins.
    public let mark: YAMLMark

    /// Kinds of values. A scalar is the text as it was written, even if it looks like a number or a boolean.
    public indirect enum Content: Sendable {
        /// Text.
        case scalar(String)
        /// A list.
        case sequence([YAMLNode])
        /// Keys and values in their order. Scalar keys are unique.
        case mapping([(key: YAMLNode, value: YAMLNode)])
    }

    /// The text of a scalar.
    public var scalar: String? {
        if case .scalar(let text) = content { text } else { nil }
    }
}

/// A place in a document.
public struct YAMLMark: Sendable, Hashable {
    /// The line, from 1.
    public let line: Int
    /// The column, from 1.
    public let column: Int
}

/// Why a text cannot be read as YAML.
public struct YAMLError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public let fault: Fault
    /// Where, if that is known.
    public let mark: YAMLMark?

    /// What can be wrong.
    public enum Fault: Sendable, Hashable {
        /// The text is not YAML; the reason is libyaml's.
        case syntax(String)
        /// A mapping has the same key twice.
        case duplicateKey(String)
        /// Lists and mappings are nested more deeply than is read.
        case tooDeep(limit: Int)
        /// There are more values than are read; aliases count as often as they are used.
        case tooManyValues(limit: Int)
        /// libyaml could not allocate memory.
        case outOfMemory
    }

    init(_ fault: Fault, at mark: YAMLMark?) {
        self.fault = fault
        self.mark = mark
    }

    /// What is wrong, without the place.
    public var description: String {
        switch fault {
        case .syntax(let reason): reason
        case .duplicateKey(let key): "the key '\(key)' is there twice"
        case .tooDeep(let limit): "lists and mappings are nested more than \(limit) levels deep"
        case .tooManyValues(let limit): "more than \(limit) values, with aliases counted as often as they are used"
        case .outOfMemory: "out of memory"
        }
    }
}
