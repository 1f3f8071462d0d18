/// A value of a YAML document, with its place.
public struct YAMLNode: Sendable {
    /// The value itself.
    public let content: Content
    /// Where the value begins.
    public let mark: YAMLMark

    /// Kinds of values. Scalars are text as written, even if they look like numbers or booleans.
    public indirect enum Content: Sendable {
        /// Text.
        case scalar(String)
        /// A list.
        case sequence([YAMLNode])
        /// Keys and values in their order. No scalar key is there twice.
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
public struct YAMLError: Error, Sendable, CustomStringConvertible {
    /// What is wrong, mostly in the words of libyaml.
    public let description: String
    /// Where, if that is known.
    public let mark: YAMLMark?
}
