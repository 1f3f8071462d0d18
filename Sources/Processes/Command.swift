import Files
public import SystemPackage
import Text

/// One run of a program, as a value that can be shown and tested before it runs.
public struct Command: Sendable, Hashable {
    /// The program; an absolute path.
    public let executable: FilePath
    /// Its arguments, without the program's name.
    public let arguments: [String]
    /// The whole environment of the process; nothing is inherited.
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
    /// The command as text for a POSIX shell, with those variables that differ from the shell's own.
    ///
    /// - Parameter inherited: The environment of that shell.
    public func shellText(inherited: [String: String]) -> String {
        let variables = environment.filter { inherited[$0.key] != $0.value && $0.key != "PWD" }
            .sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.shellQuoted)" }
        let words = variables + ([executable.string] + arguments).map(\.shellQuoted)
        return "cd \(workingDirectory.string.shellQuoted) && " + words.joined(separator: " ")
    }
}

/// Finds programs along PATH.
public enum SearchPath {
    /// The first program with a name; nil if there is none.
    ///
    /// - Parameters:
    ///   - name: The name of the file, for example `go`.
    ///   - path: The value of PATH, folders separated by colons.
    public static func program(_ name: String, in path: String) -> FilePath? { programs(name, in: path).first }

    /// All programs with a name, in the order of PATH. Relative and empty elements of PATH are skipped.
    public static func programs(_ name: String, in path: String) -> [FilePath] {
        path.split(separator: ":").filter { $0.hasPrefix("/") }
            .map { FilePath(String($0)).appending(name) }
            .filter(\.isProgram)
    }
}
