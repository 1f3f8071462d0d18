import ArgumentParser
import Workflows

/// Whose stamps count, and for how long.
struct TrustOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A public key whose stamps count.", discussion: "May be given several times.", valueName: "key.pub"))
    var trust: [String] = []

    @Flag(help: "Accept unsigned stamps, if no key is trusted: they show accidents, but not forgery.")
    var allowUnsigned = false

    @Option(help: ArgumentHelp("Refuse what was verified longer ago: 90m, 12h, 30d.", valueName: "time"))
    var maxAge: Age?

    func validate() throws {
        if !trust.isEmpty, allowUnsigned {
            throw ValidationError(
                "--trust and --allow-unsigned contradict each other: with a trusted key, stamps must be signed")
        }
    }

    /// Makes sure that the command line says whose stamps count.
    func demand() throws {
        guard !trust.isEmpty || allowUnsigned else {
            throw ValidationError("name the keys whose stamps count with --trust, or give --allow-unsigned")
        }
    }

    /// The settings, with the keys read.
    func resolve(in context: Context) throws -> TrustSettings {
        TrustSettings(
            keys: try trust.map { try KeyReading.verificationKey($0, from: context.folder) },
            allowsUnsigned: allowUnsigned, maximumAge: maxAge?.seconds)
    }
}
