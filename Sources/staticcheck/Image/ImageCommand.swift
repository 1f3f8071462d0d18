import ArgumentParser
import Attestation
import Configuration
import FoundationEssentials
import GoToolchain
import ProcessStart
import Reporting
import ScratchImage
import SystemPackage
import Verification

struct ImageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "image", _superCommandName: "staticcheck",
        abstract: "Make a scratch image of stamped binaries, for all platforms, without a daemon.",
        discussion: """
            Packages are built, verified and stamped as check does it; with --from, binaries are taken that are there already. \
            Each goes through the gate, and the very bytes that were let through go into the image, with what the program \
            will look for in its root and nothing else. The same sources give the same image, byte for byte.

            Examples:
              staticcheck image ./cmd/app -t registry.example.com/app:1.0 --expose 8080
              staticcheck image --from dist --trust release.pub -o oci-archive:app.tar
              staticcheck image ./cmd/app -p linux/amd64 -o docker-archive:app.tar --load
              staticcheck image ./cmd/app -t registry.example.com/app:1.0 --push registry.example.com/app:1.0
            """)

    @Argument(help: ArgumentHelp("Packages, as check takes them.", valueName: "package"))
    var words: [String] = []

    @Option(
        help: ArgumentHelp("Take the binaries of this folder, which must be stamped; build none.", valueName: "folder"))
    var from: String?

    @Option(help: "Which program to pack, where there are several.")
    var program: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Where to write it: oci:FOLDER, oci-archive:FILE or docker-archive:FILE. Without it: oci:image.",
            discussion: "May be given several times.", valueName: "form:path"))
    var output: [ImageDestination] = []

    @Option(
        help: ArgumentHelp(
            "Push it to a registry, by skopeo, crane or oras, whichever is there, with its credentials.",
            valueName: "name:tag"))
    var push: String?

    @Flag(help: "With --push: a registry without TLS, or with a certificate that nobody knows.")
    var insecure = false

    @Flag(help: "Load it into podman or docker, whichever is there.")
    var load = false

    @Option(name: .customLong("dist"), help: "The folder for the binaries that are built. Without it: dist.")
    var dist: String?

    @Option(help: "The form of the report on standard output: text or json.")
    var format: PlainForm = .text

    @OptionGroup(title: "Image") var image: ImageOptions
    @OptionGroup var matrix: MatrixOptions
    @OptionGroup(title: "Speed") var speed: SpeedOptions
    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Stamps") var stampOptions: StampOptions
    @OptionGroup(title: "Trust") var trust: TrustOptions
    @OptionGroup(title: "Report") var verbosity: VerbosityOptions

    func validate() throws {
        if from != nil {
            guard words.isEmpty else { throw ValidationError("--from takes binaries that are there; name no packages") }
            try trust.demand()
        }
        _ = try push.map(ImageOptions.reference)
    }

    func run() async throws {
        try await Failure.reporting {
            do { try await make() } catch let refused as ImageSupply.Refused {
                Terminal.write("staticcheck: \("\(refused)".printable)\n", to: .error)
                throw ExitCode(1)
            }
        }
    }

    private func make() async throws {
        let folder = try matrix.folder.path()
        let file = try matrix.configuration.file(from: folder)
        let policy = try policyOptions.policy(over: file.settings)
        let report = try await Interruption.guarding { () -> ImageReport in
            let supply = try await supply(policy: policy, file: file, folder: folder)
            return try await ImageRun(
                options: image, destinations: output.isEmpty ? [.standard] : output, push: push,
                isInsecure: insecure, isLoading: load, file: file, folder: folder, note: verbosity.note,
                goZones: { await goZones(in: folder) }
            ).report(on: supply)
        }
        Terminal.write(format == .json ? try JSONReporter.render(report) : report.text, to: .output)
    }

    /// The binaries: from a folder, or built now.
    private func supply(policy: Policy, file: ConfigurationFile, folder: FilePath) async throws -> ImageSupply {
        if let from {
            let supply = ImageSupply(
                gate: try trust.gate(policy), program: program,
                platforms: try matrix.platformOptions.chosen(), isBuilt: false)
            return try await supply.filled(from: folder.pushing(FilePath(from)), shown: from)
        }
        let (packages, toGo) = CommandWords.split(words, commandLine: ProcessStart.arguments)
        let run = CheckRun(
            matrix: matrix, speed: speed, stampOptions: stampOptions, bills: [], verbosity: verbosity,
            policy: policy, output: dist, isStamping: true, file: file, folder: folder)
        guard let report = try await run.report(on: packages, toGo: toGo) else { throw ExitCode(2) }
        let text = TextReporter(colour: ColourChoice.auto.applies(to: .error)).render(report)
        if !verbosity.quiet || report.exitCode != 0 { Terminal.write(text + "\n", to: .error) }
        if report.exitCode != 0 { throw ExitCode(report.exitCode) }
        let key = try stampOptions.form(over: file.settings.stamps, from: file.folder).key
        let supply = ImageSupply(
            gate: try trust.gate(policy, own: key?.verificationKey, allowsUnsigned: key == nil), program: program,
            platforms: nil, isBuilt: true)
        return try supply.filled(with: report.entries.map { folder.pushing(FilePath($0.path)) })
    }

    /// The time zones that come with Go, where a go command is found.
    private func goZones(in folder: FilePath) async -> FilePath? {
        let toolchain = try? await Toolchain.find(
            path: matrix.build.goPath, inherited: ProcessInfo.processInfo.environment, directory: folder)
        return await toolchain?.zoneArchive(in: folder)
    }
}
