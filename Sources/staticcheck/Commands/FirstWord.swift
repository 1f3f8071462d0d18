import ArgumentParser
import Workflows

/// What the first word of a command line means.
enum FirstWord {
    /// The command line with the words that people try first as the options that they mean.
    static func spelledOut(_ arguments: [String]) -> [String] {
        guard arguments.count == 1 else { return arguments }
        return switch arguments[0] {
        case "version", "-version", "-V": ["--version"]
        case "-help", "-?": ["--help"]
        default: arguments
        }
    }

    /// The command that the first word names, or else `check`, with the options of the other words. It is nil if the words ask
    /// for help or cannot be parsed; the parser of the whole program answers then.
    ///
    /// That parser sets up the options of `check` and of the named command several times, which takes longer than reading a
    /// program. The parser of a command with a `_superCommandName` does not look for a completion script either.
    static func command(of arguments: [String]) -> (any ParsableCommand)? {
        guard arguments.first != "help" else { return nil }
        let meant = StaticcheckCommand.meant(by: arguments)
        let words = StaticcheckCommand.isNamed(in: arguments) ? Array(arguments.dropFirst()) : arguments
        guard let command = try? meant.parseAsRoot(words), type(of: command) == meant else { return nil }
        return command
    }

    /// The error if the first word is a misspelt command, for a command line that cannot be parsed as that of `check`.
    static func misspelling(in arguments: [String]) -> WrongPackage? {
        let commands = StaticcheckCommand.names
        let word = arguments.first == "help" ? arguments.dropFirst().first : arguments.first
        guard let word, let nearest = WrongPackage.misspelling(word, of: commands) else { return nil }
        return .command(word, nearest: nearest)
    }
}

/// A word after `help` that is not a command.
struct UnknownCommand: Error, CustomStringConvertible {
    private let word: String

    init?(in arguments: [String]) {
        guard let word = arguments.dropFirst().first, !word.hasPrefix("-"), !StaticcheckCommand.names.contains(word)
        else {
            return nil
        }
        self.word = word
    }

    var description: String {
        "'\(word)' is not a command; the commands are \(StaticcheckCommand.names.joined(separator: ", "))"
    }
}

extension StaticcheckCommand {
    /// All subcommands.
    private static var commands: [any ParsableCommand.Type] {
        configuration.groupedSubcommands.flatMap { $0.subcommands }
    }

    /// The names of all subcommands.
    static var names: [String] { commands.compactMap { $0.configuration.commandName } + ["help"] }

    /// Whether a command line begins with a subcommand; if not, it is that of `check`.
    static func isNamed(in arguments: [String]) -> Bool { arguments.first.map(names.contains) ?? false }

    /// The subcommand of a command line.
    static func meant(by arguments: [String]) -> any ParsableCommand.Type {
        commands.first { $0.configuration.commandName == arguments.first } ?? Check.self
    }
}
