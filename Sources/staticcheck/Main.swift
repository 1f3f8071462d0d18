import ArgumentParser
import Dispatch
import Proving

/// Where the process begins: synchronously, for the child that tries files must not have a second thread.
@main enum Main {
    static func main() {
        if ProofChild.run(arguments: CommandLine.arguments) { return }
        let arguments = ProofOptions.spelledOut(Array(CommandLine.arguments.dropFirst()))
        let finished = DispatchSemaphore(value: 0)
        Task.detached {
            await StaticcheckCommand.main(arguments)
            finished.signal()
        }
        finished.wait()
    }
}
