import ArgumentParser
import SystemPackage
import Verification
import Workflows

struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", _superCommandName: Identity.command,
        abstract: "Write a commented scratchcheck.yaml for the programs in this folder.",
        discussion: "An existing file is kept, unless --force is given.")

    @Option(name: .customLong("go"), help: "The go command; default: the one on PATH.")
    var goPath: String?

    @OptionGroup var folder: FolderOptions

    @Flag(help: "Overwrite an existing file.")
    var force = false

    @Flag(help: "Print to standard output, and write no file.")
    var stdout = false

    func run() async throws {
        try await Failure.reporting {
            let context = try folder.resolve(in: Surroundings.context())
            let request = InitRequest(
                goPath: goPath.map { context.folder.pushing(FilePath($0)) }, isForced: force, isPrinting: stdout)
            let (text, file) = try await Interruption.guarding { try await InitWorkflow.run(request, in: context) }
            guard let file else { return try Terminal.report(text) }
            context.listener.note("wrote \(file)")
        }
    }
}
