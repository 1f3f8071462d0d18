/// A value of a YAML document, with its place.
public struct YAMLNode: Sendable {
    /// What it is.
    public let content: Content
    /// Where it begins.
    public let mark: YAMLMark

    /// Kinds of values; scalars are texts, as they were written, whatever they look like.
    public indirect enum Content: Sendable {
        /// A text.
        case scalar(String)
        /// A list.
        case sequence([YAMLNode])
        /// Keys and values, in their order; no scalar key is there twice.
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

/// Why a text is no YAML, or one that is not read.
public struct YAMLError: Error, Sendable, CustomStringConvertible {
    /// The parser's own words.
    public let description: String
    /// Where, as far as it is known.
    public let mark: YAMLMark?
}
