public import ArgumentParser
public import Attestation
import Files
import FoundationEssentials
import SystemPackage

struct Keygen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keygen", _superCommandName: "staticcheck",
        abstract: "Make a key that signs stamps, and its public half for the gate.",
        discussion: """
            Writes NAME.key, which only its owner can read, and NAME.pub. Sign with 'check --key NAME.key', and let \
            through with 'gate --trust NAME.pub'.
            """)

    @Argument(help: ArgumentHelp("The name of the files.", valueName: "name"))
    var name = "scratchready"

    @Option(help: "The kind of key: ecdsa-p256, which every client takes, or ed25519.")
    var type: SigningKey.Kind = .p256

    @Flag(help: "Overwrite files that are there: whatever was signed with that key loses its trust.")
    var force = false

    func run() async throws {
        try await Failure.reporting {
            let base = FilePath(FileManager.default.currentDirectoryPath).pushing(FilePath(name))
            let (secret, open) = (FilePath(base.string + ".key"), FilePath(base.string + ".pub"))
            for path in [secret, open] where !force && FileManager.default.fileExists(atPath: path.string) {
                throw KeyFailure(description: "\(path) is there already; --force overwrites it")
            }
            let key = SigningKey(type)
            try AtomicFile.write(key.pem.utf8, to: secret, permissions: 0o600)
            try AtomicFile.write(key.verificationKey.pem.utf8, to: open)
            Terminal.write("\(name).key\n\(name).pub\n", to: .output)
        }
    }
}

extension SigningKey.Kind: ExpressibleByArgument {}
