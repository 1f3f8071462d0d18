import ArgumentParser
import Attestation
import FoundationEssentials
import Verification

/// Whose stamps count, and for how long.
struct TrustOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A public key whose stamps count.", discussion: "May be given several times.", valueName: "key.pub"))
    var trust: [String] = []

    @Flag(help: "Let unsigned stamps count, where no key is trusted: they show accidents, and no forgery.")
    var allowUnsigned = false

    @Option(help: ArgumentHelp("Refuse what was verified longer ago: 90m, 12h, 30d.", valueName: "time"))
    var maxAge: Age?

    /// A time as people write it.
    struct Age: ExpressibleByArgument {
        let seconds: Int

        init?(argument: String) {
            let factors: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
            guard let unit = argument.last, let factor = factors[unit], let number = Int(argument.dropLast()),
                (0...1_000_000).contains(number)
            else { return nil }
            seconds = number * factor
        }
    }

    /// Whether the command line says whose stamps count.
    var isGiven: Bool { !trust.isEmpty || allowUnsigned }

    func validate() throws {
        if !trust.isEmpty, allowUnsigned {
            throw ValidationError(
                "--trust and --allow-unsigned contradict each other: with a trusted key, stamps must be signed")
        }
    }

    /// Makes sure that the command line says it.
    func demand() throws {
        guard isGiven else {
            throw ValidationError("name the keys whose stamps count with --trust, or say --allow-unsigned")
        }
    }

    /// The gate for a policy, now.
    ///
    /// - Parameter own: A key that counts beside those that are named.
    func gate(_ policy: Policy, own: VerificationKey? = nil, allowsUnsigned: Bool = false) throws -> Gate {
        let keys = try trust.map { path in
            try KeyFailure.naming("--trust \(path)") { () throws(KeyError) in
                try VerificationKey(pem: try KeyText.read(path, isPrivate: false))
            }
        }
        return Gate(
            trust: keys + (own.map { [$0] } ?? []), allowsUnsigned: allowUnsigned || allowsUnsigned, policy: policy,
            now: Int(Date().timeIntervalSince1970), maximumAge: maxAge?.seconds)
    }
}
