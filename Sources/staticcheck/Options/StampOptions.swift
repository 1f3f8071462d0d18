import ArgumentParser
import Configuration
import SystemPackage
import Workflows

/// How stamps are written.
struct StampOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Sign stamps with the private key in a file, or in an environment variable: env:NAME.",
            discussion:
                "Default: SCRATCHCHECK_KEY; without a key stamps are unsigned. 'staticcheck keygen' makes one.",
            valueName: "file|env:name"))
    var key: KeySource?

    @Option(help: "What to write beside signed binaries. sigstore adds a Sigstore bundle to the in-toto stamp.")
    var stampFormat: StampFormat?

    /// Whether `--key` or `--stamp-format` was given.
    var isGiven: Bool { key != nil || stampFormat != nil }

    /// The settings, with the key read: the command line wins over the environment, which wins over the configuration.
    func resolve(
        over file: ConfigurationFile, bills: [BillFormat], in context: Context
    ) throws -> StampSettings {
        let settings = file.settings.stamps
        let isSigstore = (stampFormat ?? settings?.format) == .sigstore
        let given = key ?? context.variable("SCRATCHCHECK_KEY").map { KeySource($0) }
        let named = given.map { ($0, context.folder) } ?? settings?.key.map { ($0, file.folder) }
        guard let (source, folder) = named else {
            if isSigstore { throw ValidationError("a Sigstore bundle needs a key: pass --key") }
            return StampSettings(bills: bills)
        }
        let signing = try KeyReading.signingKey(source, from: folder, in: context)
        return StampSettings(key: signing, isSigstore: isSigstore, bills: bills)
    }
}
