public import SystemPackage

/// One run of the go command: a value, so that it can be shown and tested before it is run.
public struct GoCommand: Sendable, Hashable {
    /// The go program.
    public let executable: FilePath
    /// Its arguments.
    public let arguments: [String]
    /// The whole environment of the process.
    public let environment: [String: String]
    /// The folder in which it runs.
    public let workingDirectory: FilePath
}

/// Why the go command, or what it was asked for, failed: what was tried, and what go said.
public struct BuildError: Error, Sendable, CustomStringConvertible {
    /// The message, for a person.
    public let description: String

    /// Makes an error of its message.
    public init(_ description: String) { self.description = description }
}
