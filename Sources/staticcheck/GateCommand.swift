import ArgumentParser
import Attestation
import FoundationEssentials
import GoBinary
import Reporting
import SystemPackage

struct GateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate",
        abstract: "Refuse whatever is not verified and stamped.",
        discussion: """
            Each ELF file is read once; the same bytes are hashed, verified again, and compared with the stamp beside it. In \
            a folder every ELF file must have one.

            Examples:
              staticcheck gate --trust scratchready.pub dist
              staticcheck gate --trust scratchready.pub --require linux/amd64,linux/arm64 --copy-to image dist
              staticcheck gate --allow-unsigned dist
            """)

    @Argument(help: ArgumentHelp("Files and folders.", valueName: "path"))
    var paths: [String]

    @Option(
        help: ArgumentHelp(
            "A public key whose stamps count.", discussion: "May be given several times.", valueName: "key.pub"))
    var trust: [String] = []

    @Flag(help: "Let unsigned stamps count, where no key is trusted: they show accidents, and no forgery.")
    var allowUnsigned = false

    @Option(help: ArgumentHelp("Platforms that must be there, with commas between.", valueName: "platform,…"))
    var require: [String] = []

    @Option(help: ArgumentHelp("Refuse what was verified longer ago: 90m, 12h, 30d.", valueName: "time"))
    var maxAge: Age?

    @Option(
        help: ArgumentHelp(
            "Copy what is let through, the very bytes that were verified, below a folder; nothing where anything is refused.",
            valueName: "folder"))
    var copyTo: String?

    @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions
    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Report") var reporting: ReportOptions

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

    func validate() throws {
        if trust.isEmpty, !allowUnsigned {
            throw ValidationError("name the keys whose stamps count with --trust, or say --allow-unsigned")
        }
        if !trust.isEmpty, allowUnsigned {
            throw ValidationError(
                "--trust and --allow-unsigned contradict each other: with a trusted key, stamps must be signed")
        }
    }

    func run() async throws {
        let required = try require.flatMap { $0.split(separator: ",").map(String.init) }.map(PlatformOptions.parse)
        try await Failure.reporting {
            let folder = FilePath(FileManager.default.currentDirectoryPath)
            let policy = try policyOptions.policy(over: configurationOptions.file(from: folder).settings)
            let keys = try trust.map { path in
                try KeyFailure.naming("--trust \(path)") { () throws(KeyError) in
                    try VerificationKey(pem: try KeyText.read(path, isPrivate: false))
                }
            }
            let gate = Gate(
                trust: keys, allowsUnsigned: allowUnsigned, policy: policy, now: Int(Date().timeIntervalSince1970),
                maximumAge: maxAge?.seconds)
            let run = GateRun(
                gate: gate, required: required,
                target: copyTo.map { folder.pushing(FilePath($0)).lexicallyNormalized() })
            let report = try await Interruption.guarding { try await run.report(on: paths) }
            try reporting.write(report)
            if report.exitCode != 0 { throw ExitCode(report.exitCode) }
        }
    }
}
