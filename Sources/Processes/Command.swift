public import SystemPackage
import Text

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

extension Command {
    /// The command for a POSIX shell, with those variables that differ from what the shell itself has.
    ///
    /// - Parameter inherited: The environment of that shell.
    public func shellText(inherited: [String: String]) -> String {
        let variables = environment.filter { inherited[$0.key] != $0.value && $0.key != "PWD" }
            .sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.shellQuoted)" }
        let words = variables + ([executable.string] + arguments).map(\.shellQuoted)
        return "cd \(workingDirectory.string.shellQuoted) && " + words.joined(separator: " ")
    }
}
