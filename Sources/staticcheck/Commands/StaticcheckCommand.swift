import ArgumentParser

struct StaticcheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staticcheck",
        abstract: "Build Go programs for FROM scratch containers, and prove that each one runs there.",
        discussion: """
            staticcheck ./cmd/app builds the program with CGO_ENABLED=0 for every platform, reads each file with libelf, \
            and stamps those that need neither an interpreter nor libraries. Without a subcommand, check is meant.

            Exit codes: 0 all is scratch-ready; 1 something is not; 2 the work could not be done; 64 wrong usage; \
            130 interrupted. Reports go to standard output, everything else to standard error.

            This is not the Go linter of the same name; it is installed as scratchcheck too.
            """,
        version: Product.version,
        groupedSubcommands: [
            CommandGroup(name: "Work", subcommands: [Check.self, Verify.self, GateCommand.self, Inspect.self]),
            CommandGroup(name: "Images", subcommands: [ImageCommand.self, DockerfileCommand.self]),
            CommandGroup(name: "Several machines", subcommands: [Matrix.self, Merge.self]),
            CommandGroup(name: "Setting up", subcommands: [Init.self, Keygen.self, Explain.self]),
        ])

    /// The commands by their names: written out, for to ask them takes as long as a tenth of a run.
    private static let commands: [(name: String, type: any AsyncParsableCommand.Type)] = [
        ("check", Check.self), ("verify", Verify.self), ("gate", GateCommand.self), ("inspect", Inspect.self),
        ("image", ImageCommand.self), ("dockerfile", DockerfileCommand.self), ("matrix", Matrix.self),
        ("merge", Merge.self), ("init", Init.self), ("keygen", Keygen.self), ("explain", Explain.self),
    ]

    /// Words that all commands are asked for.
    private static let questions = [
        "help", "-h", "--help", "-help", "--help-hidden", "--version", "--generate-completion-script",
        "--experimental-dump-help",
    ]

    /// The command that a command line names, check where it names none, with its options; nil where the parser is to do
    /// the work itself, for it is asked for help.
    ///
    /// A command that is named is parsed alone: to set up all of them first takes most of a short run. Wrong usage ends the
    /// process.
    static func parsed(_ arguments: [String]) -> (any AsyncParsableCommand)? {
        let name = arguments.first ?? ""
        if let command = commands.first(where: { $0.name == name })?.type {
            // Without a word more the parser would take the wish for its whole help.
            guard !isQuestion(arguments), arguments.count > 1 else { return nil }
            return command.parsedAlone(Array(arguments.dropFirst()))
        }
        guard !isQuestion(arguments), !name.hasPrefix("---") else { return nil }
        return Check.parsedAlone(arguments)
    }

    /// Has the parser do the work. A question that names no command is one about check, but where it is all that is asked.
    static func runWhole(_ arguments: [String]) async {
        let name = arguments.first ?? ""
        let isAboutCheck =
            isQuestion(arguments) && !questions.contains(option(name)) && !commands.contains { $0.name == name }
            && !name.hasPrefix("---")
        await main(isAboutCheck ? ["check"] + arguments : arguments)
    }

    private static func isQuestion(_ arguments: [String]) -> Bool {
        arguments.prefix { $0 != "--" }.contains { questions.contains(option($0)) }
    }

    /// A word without the value that is joined to it.
    private static func option(_ word: String) -> String { word.split(separator: "=").first.map(String.init) ?? word }
}

extension AsyncParsableCommand {
    /// Parses this command without the program's others.
    fileprivate static func parsedAlone(_ arguments: [String]) -> (any AsyncParsableCommand)? {
        do { return try parseAsRoot(arguments) as? Self } catch { end(with: error) }
    }

    /// Runs it, and ends the process.
    mutating func runToEnd() async -> Never {
        do {
            try await run()
            staticcheck.end(0)
        } catch {
            Self.end(with: error)
        }
    }

    private static func end(with error: any Error) -> Never {
        // To ask the parser what an exit code means takes as long as many a file.
        if let code = error as? ExitCode { staticcheck.end(code.rawValue) }
        let code = exitCode(for: error)
        guard !code.isSuccess else { exit(withError: error) }
        // The parser, asked for this command alone, leaves the program's name out of its hint.
        let message = fullMessage(for: error).replacing(
            "See '\(_commandName) ", with: "See 'staticcheck \(_commandName) ")
        if !message.isEmpty { Terminal.write(message + "\n", to: .error) }
        staticcheck.end(code.rawValue)
    }
}
