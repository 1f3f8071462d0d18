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

    /// The words that a command line may begin with, beside packages and options of the default command: written out, for to
    /// ask the commands takes as long as a tenth of a run.
    private static let words: Set = [
        "check", "verify", "gate", "inspect", "image", "dockerfile", "matrix", "merge", "init", "keygen", "explain",
        "help", "-h", "--help", "--version", "--generate-completion-script", "--experimental-dump-help",
    ]

    /// The arguments with the name of the default command, where they name none.
    ///
    /// The parser would take in all of the default command's options before it looks at another command's: a third of the
    /// time that it takes.
    static func withDefault(_ arguments: [String]) -> [String] {
        if let first = arguments.first, words.contains(first.split(separator: "=").first.map(String.init) ?? first) {
            return arguments
        }
        return ["check"] + arguments
    }
}

/// What the program says of itself.
enum Product {
    static let version = "0.1.0"
}
