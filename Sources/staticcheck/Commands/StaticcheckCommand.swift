import ArgumentParser
import Verification
import Workflows

struct StaticcheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: Identity.command,
        abstract: "Build Go programs for FROM scratch containers, and prove that each one runs there.",
        discussion: """
            staticcheck ./cmd/app builds the program with CGO_ENABLED=0 for every platform, reads each file with libelf, \
            and stamps those that need neither an interpreter nor libraries. The default subcommand is check.

            Exit codes: 0 everything is scratch-ready; 1 something is not; 2 a build failed or a file could not be read; 64 wrong usage; \
            130 interrupted. Reports go to standard output, everything else to standard error.

            This is not the Go linter of the same name. It is also installed as scratchcheck.
            """,
        version: Identity.version,
        groupedSubcommands: [
            CommandGroup(
                name: "Work", subcommands: [Check.self, Verify.self, GateCommand.self, Inspect.self, DiffCommand.self]),
            CommandGroup(name: "Images", subcommands: [ImageCommand.self, DockerfileCommand.self]),
            CommandGroup(name: "Several machines", subcommands: [Matrix.self, Merge.self]),
            CommandGroup(name: "Setting up", subcommands: [Init.self, Keygen.self, Explain.self]),
        ],
        defaultSubcommand: Check.self)
}
