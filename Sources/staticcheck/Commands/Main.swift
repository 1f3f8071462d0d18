import ArgumentParser
import BuildCache
import ProcessStart
import Proving
import Verification
import Workflows

/// Where the process begins. It starts synchronously, because the child process of `--prove` must not have a second thread.
@main enum Main {
    static func main() {
        ProcessStart.clearEnvironment()
        if ProofChild.run(arguments: ProcessStart.arguments) { return }
        if let relay = CacheRelay(processArguments: ProcessStart.arguments, environment: Surroundings.environment) {
            Task.detached { await relay.serve() }
            Interruption.wait()
        }
        Terminal.openStreams()
        let arguments = ProofOptions.spelledOut(FirstWord.spelledOut(EmptyValue.spelledOut(Surroundings.arguments)))
        // Faster than the parser, which sets up all commands first.
        if arguments == ["--version"] { return Failure.write(Identity.version) }
        InterruptingSignals.open()
        Task.detached {
            await run(arguments)
            end(0)
        }
        Interruption.wait()
    }

    /// Parses the command line and runs its command, as `AsyncParsableCommand.main()` does.
    private static func run(_ arguments: [String]) async {
        var running: (any ParsableCommand.Type)?
        do {
            if let option = ForeignOption(in: arguments) { throw option }
            // The parser shows the help of the program for every word that it does not know.
            if arguments.first == "help" {
                if let word = FirstWord.misspelling(in: arguments) { Failure.exit(with: word) }
                if let unknown = UnknownCommand(in: arguments) { Failure.exit(with: unknown) }
            }
            var command = try FirstWord.command(of: arguments) ?? StaticcheckCommand.parseAsRoot(arguments)
            running = type(of: command)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let option as ForeignOption {
            Failure.exit(with: option)
        } catch {
            if running == nil, !StaticcheckCommand.exitCode(for: error).isSuccess,
                let word = FirstWord.misspelling(in: arguments)
            {
                Failure.exit(with: word)
            }
            Failure.exit(with: error, of: running)
        }
    }
}
