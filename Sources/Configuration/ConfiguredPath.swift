import YAML

/// A path that a configuration writes to. It is relative and has no component `..`.
public struct ConfiguredPath: Sendable, Hashable {
    /// The path, from the folder of the configuration.
    public let text: String
    /// The key, for messages.
    private let key: String
    private let file: String
    private let line: Int
    private let column: Int

    init(_ value: Value) throws(ConfigurationError) {
        text = try value.text()
        key = value.path
        file = value.file
        (line, column) = (value.node.mark.line, value.node.mark.column)
        if text.hasPrefix("/") { throw leaves(.absolute) }
        if text.split(separator: "/").contains("..") { throw leaves(.upwards) }
    }

    /// The error for a path that must not be replaced, with the place of this one.
    public var replacesSource: ConfigurationError {
        ConfigurationError(file: file, line: line, column: column, .source(key: key, path: text))
    }

    /// The error for a path that leaves the repository, with the place of this one.
    public func leaves(_ way: ConfigurationError.OutsidePath) -> ConfigurationError {
        ConfigurationError(file: file, line: line, column: column, .outsideRepository(key: key, path: text, way))
    }
}

extension Value {
    /// A path to write to.
    func output() throws(ConfigurationError) -> ConfiguredPath { try ConfiguredPath(self) }
}
