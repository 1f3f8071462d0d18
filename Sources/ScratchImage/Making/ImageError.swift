/// Why an image cannot be made or read.
public struct ImageError: Error, Sendable, CustomStringConvertible {
    /// The message: what was tried, on what, and what to do.
    public let description: String

    /// Makes an error of its message.
    public init(_ description: String) { self.description = description }
}
