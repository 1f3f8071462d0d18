/// What is wrong in a configuration file, and where. The messages are made where the wrong value is known: `Value`.
public struct ConfigurationError: Error, Sendable, CustomStringConvertible {
    /// The file.
    public let file: String
    /// The line, from 1; nil if the whole file is meant.
    public let line: Int?
    /// The column, from 1.
    public let column: Int?
    /// What is wrong there, and what to write instead.
    public let message: String

    /// Makes an error.
    public init(file: String, line: Int? = nil, column: Int? = nil, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// `scratchready.yaml:3:5: unknown key …`, as editors and CI systems find it.
    public var description: String {
        let place = [line, column].compactMap { $0.map { ":\($0)" } }.joined()
        return "\(file)\(place): \(message)"
    }
}
