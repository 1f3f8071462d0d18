import FoundationEssentials
import GoToolchain
import ProcessStart
import SystemPackage
import Verification
import Workflows

/// The one place where the process's environment, working folder, clock and machine are read.
enum Surroundings {
    /// The context of this process.
    static func context(_ listener: any Listener = TerminalListener()) -> Context {
        Context(
            environment: environment,
            folder: FilePath(FileManager.default.currentDirectoryPath),
            now: { Int(Date().timeIntervalSince1970) }, machine: { HostMachine.current }, listener: listener,
            secrets: Secrets(
                forget: { ProcessStart.forget(variable: $0) }, seal: { ProcessStart.sealMemory() }))
    }

    /// The environment variables of this process.
    static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// The name under which this program was started: its own, or its alias.
    static var command: String {
        let name = ProcessStart.arguments.first.flatMap { FilePath($0).lastComponent?.string }
        return name == Identity.name ? Identity.name : Identity.command
    }

    /// The words of the command line after the program's name.
    static var arguments: [String] { Array(ProcessStart.arguments.dropFirst()) }
}
