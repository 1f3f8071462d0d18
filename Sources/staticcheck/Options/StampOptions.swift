import ArgumentParser
import Attestation
import Configuration
import ProcessStart
import SystemPackage

/// How stamps are written.
struct StampOptions: ParsableArguments {
    enum Format: String, NamedChoice {
        case intoto, sigstore
    }

    @Option(
        help: ArgumentHelp(
            "Sign stamps with the private key in a file, or in an environment variable: env:NAME.",
            discussion:
                "Without it, and without SCRATCHREADY_KEY, stamps are unsigned. 'staticcheck keygen' makes a key.",
            valueName: "file|env:name"))
    var key: String?

    @Option(help: "What to write beside signed binaries: intoto, or sigstore for a Sigstore bundle too.")
    var stampFormat: Format?

    /// Whether the command line says how to stamp.
    var isGiven: Bool { key != nil || stampFormat != nil }

    /// The form of stamps, with the key read: the command line wins over the environment, that over the configuration.
    ///
    /// - Parameter folder: That of the configuration, from which its key is named.
    func form(over settings: Configuration.StampSettings?, from folder: FilePath) throws -> Stamp.Form {
        let configured = settings?.key.map { $0.hasPrefix("env:") ? $0 : folder.pushing(FilePath($0)).string }
        let named = key ?? ProcessStart.variable("SCRATCHREADY_KEY") ?? configured
        let isSigstore = stampFormat.map { $0 == .sigstore } ?? (settings?.format == "sigstore")
        guard let named else {
            if isSigstore { throw ValidationError("a Sigstore bundle needs a --key") }
            return Stamp.Form(key: nil)
        }
        return Stamp.Form(key: try StampOptions.signingKey(named), isSigstore: isSigstore)
    }

    private static func signingKey(_ name: String) throws -> SigningKey {
        if name.hasPrefix("env:") {
            let variable = String(name.dropFirst(4))
            guard let text = ProcessStart.variable(variable) else {
                throw KeyFailure(description: "--key \(name): there is no environment variable \(variable)")
            }
            return try KeyFailure.naming("--key \(name)") { () throws(KeyError) in try SigningKey(pem: text) }
        }
        guard !name.contains("-----BEGIN") else {
            throw KeyFailure(
                description: "--key takes a file or env:NAME, never the key itself: everybody can read command lines")
        }
        return try KeyFailure.naming("--key \(name)") { () throws(KeyError) in
            try SigningKey(pem: try KeyText.read(name, isPrivate: true))
        }
    }
}
