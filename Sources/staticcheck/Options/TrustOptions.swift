import ArgumentParser
import Workflows

/// Whose stamps count, and for how long.
struct TrustOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A trusted public key.", discussion: "May be given several times.", valueName: "key.pub"))
    var trust: [String] = []

    @Flag(help: "Accept unsigned stamps, instead of --trust. They detect accidents, but not forgery.")
    var allowUnsigned = false

    @Option(
        help: ArgumentHelp("Refuse files that were verified longer ago than this: 90m, 12h, 30d.", valueName: "time"),
        transform: Age.init(parsing:))
    var maxAge: Age?

    @Flag(help: "Accept a file under another name than its stamp says; the report shows both names.")
    var allowRenamed = false

    func validate() throws {
        if !trust.isEmpty, allowUnsigned {
            throw ValidationError(
                "--trust and --allow-unsigned contradict each other: with a trusted key, stamps must be signed")
        }
    }

    /// Requires `--trust` or `--allow-unsigned`.
    func demand() throws {
        guard !trust.isEmpty || allowUnsigned else {
            throw ValidationError("name the keys whose stamps count with --trust, or give --allow-unsigned")
        }
    }

    /// The settings, with the keys read.
    func resolve(in context: Context) throws -> TrustSettings {
        var settings = TrustSettings(
            keys: try trust.flatMap { try KeyReading.verificationKeys($0, from: context.folder) },
            allowsUnsigned: allowUnsigned, maximumAge: maxAge?.seconds)
        settings.allowsRenamed = allowRenamed
        return settings
    }
}
