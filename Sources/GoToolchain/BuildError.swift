/// Why the go command, or what it was asked for, failed: what was tried, and what go said.
public struct BuildError: Error, Sendable, CustomStringConvertible {
    /// The message, for a person.
    public let description: String

    /// Makes an error of its message.
    public init(_ description: String) { self.description = description }
}
