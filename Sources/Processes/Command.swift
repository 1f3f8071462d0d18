public import SystemPackage

/// One run of a program: a value, so that it can be shown and tested before it is run.
public struct Command: Sendable, Hashable {
    /// The program.
    public let executable: FilePath
    /// Its arguments.
    public let arguments: [String]
    /// The whole environment of the process.
    public let environment: [String: String]
    /// The folder in which it runs.
    public let workingDirectory: FilePath

    /// Makes a command.
    public init(
        executable: FilePath, arguments: [String], environment: [String: String], workingDirectory: FilePath
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
    }
}
