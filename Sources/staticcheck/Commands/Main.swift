import ArgumentParser
import ProcessStart
import Proving
import Workflows

/// Where the process begins. It begins synchronously because the child that tries files must not have a second thread.
@main enum Main {
    static func main() {
        ProcessStart.clearEnvironment()
        if ProofChild.run(arguments: ProcessStart.arguments) { return }
        let arguments = ProofOptions.spelledOut(Surroundings.arguments)
        // A shortcut: the parser would set up all commands first.
        if arguments == ["--version"] { return Terminal.write(Product.version + "\n", to: .output) }
        InterruptingSignals.open()
        Task.detached {
            await StaticcheckCommand.main(arguments)
            end(0)
        }
        Interruption.wait()
    }
}
