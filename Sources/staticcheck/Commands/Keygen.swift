import ArgumentParser
import Attestation
import Reporting
import Verification
import Workflows

struct Keygen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keygen", _superCommandName: Identity.command,
        abstract: "Make a key that signs stamps, and its public half for the gate.",
        discussion: """
            Writes NAME.key, which only its owner can read, and NAME.pub. Sign with 'check --key NAME.key', and \
            check with 'gate --trust NAME.pub'.
            """)

    @Argument(help: ArgumentHelp("The name of the files.", valueName: "name"))
    var name = Identity.name

    @Option(help: "The kind of key: ecdsa-p256, which every client supports, or ed25519.")
    var type: SigningKey.Kind = .p256

    @Flag(help: "Overwrite existing files. Stamps that were signed with the old key are then no longer trusted.")
    var force = false

    func validate() throws {
        let file = name.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        guard !["", ".", ".."].contains(file) else {
            throw ValidationError("'\(name)' names no file: write release, or keys/release")
        }
    }

    func run() async throws {
        try await Failure.reporting {
            let request = KeygenRequest(name: name, kind: type, isForced: force)
            let files = try KeygenWorkflow.run(request, in: Surroundings.context())
            try Terminal.report(files.map { "\($0)".printable + "\n" }.joined())
        }
    }
}
