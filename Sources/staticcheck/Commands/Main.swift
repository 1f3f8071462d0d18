import ArgumentParser
import ProcessStart
import Proving

/// Where the process begins: synchronously, for the child that tries files must not have a second thread.
@main enum Main {
    static func main() {
        ProcessStart.clearEnvironment()
        if ProofChild.run(arguments: ProcessStart.arguments) { return }
        let arguments = ProofOptions.spelledOut(Array(ProcessStart.arguments.dropFirst()))
        // The parser takes longer to set up all commands than this takes.
        if arguments == ["--version"] { return Terminal.write(Product.version + "\n", to: .output) }
        InterruptingSignals.open()
        // The threads that do the work start while the command line is read.
        Task.detached {}
        guard var command = StaticcheckCommand.parsed(arguments) else {
            Task.detached {
                await StaticcheckCommand.runWhole(arguments)
                end(0)
            }
            Interruption.wait()
        }
        Task.detached { await command.runToEnd() }
        Interruption.wait()
    }
}
