import ArgumentParser
import Configuration
import ScratchImage
import SystemPackage
import Verification
import Workflows

/// What an image holds and says besides its program.
struct ImageOptions: ParsableArguments {
    @Option(
        name: [.customShort("t"), .long],
        help: ArgumentHelp("The image's name: registry.example.com/app:1.0.", valueName: "name:tag"),
        transform: ImageReference.init(parsing:))
    var tag: ImageReference?

    @Option(
        help: "The user and group that the program runs as, as numbers; default: 65532:65532.",
        transform: UserNumbers.init(parsing:))
    var user: UserNumbers?

    @Option(
        help: ArgumentHelp(
            "Add files that the program does not seem to need.",
            valueName: "need"))
    var with: [RuntimeNeed] = []

    @Option(help: ArgumentHelp("Leave out files that the program seems to need.", valueName: "need"))
    var without: [RuntimeNeed] = []

    @Option(help: ArgumentHelp("The CA certificates, in PEM; default: those of this machine.", valueName: "file"))
    var certificates: String?

    @Option(
        help: ArgumentHelp(
            "The time zones: a zoneinfo.zip or a zoneinfo folder; default: those of Go, else of this machine.",
            valueName: "path"))
    var timeZones: String?

    @Option(
        help: ArgumentHelp(
            "Add a file or folder, owned by root and read-only; programs must pass the gate too.",
            discussion: "May be given several times.", valueName: "source:/target"),
        transform: AddedFiles.init(parsing:))
    var add: [AddedFiles] = []

    @Option(
        help: ArgumentHelp(
            "A folder that the program may write to: it belongs to the user, and engines make a volume for it.",
            discussion: "May be given several times.", valueName: "/folder"),
        transform: WritableFolder.init(parsing:))
    var writable: [WritableFolder] = []

    @Option(
        name: .customLong("arg"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("An argument of the entry point. Repeat the option for more arguments.", valueName: "word"))
    var arguments: [String] = []

    @Option(
        name: .customLong("cmd"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("An argument that users of the image may replace.", valueName: "word"))
    var command: [String] = []

    @Option(
        name: .customLong("env"), help: ArgumentHelp("An environment variable.", valueName: "name=value"),
        transform: NamedValue.init(parsing:))
    var environment: [NamedValue] = []

    @Option(
        help: ArgumentHelp("A port that the program listens on: 8080, 53/udp.", valueName: "port"),
        transform: Port.init(parsing:))
    var expose: [Port] = []

    @Option(
        name: .customLong("label"),
        help: ArgumentHelp("A label of the image configuration.", valueName: "name=value"),
        transform: NamedValue.init(parsing:))
    var labels: [NamedValue] = []

    @Option(
        name: .customLong("annotation"),
        help: ArgumentHelp(
            "An annotation of the index and the manifests; source, revision, version and created come from git.",
            valueName: "name=value"),
        transform: NamedValue.init(parsing:))
    var annotations: [NamedValue] = []

    @Option(help: "The signal that asks the program to end: SIGINT.", transform: SignalName.init(parsing:))
    var stopSignal: SignalName?

    @Option(
        name: .customLong("workdir"), help: "The folder that the program starts in; default: /.",
        transform: ImageFolder.init(parsing:))
    var workingFolder: ImageFolder?

    @Option(
        help: ArgumentHelp(
            "The most that the image of a platform may be, unpacked: 20MB, 64MiB. A larger one is not written.",
            valueName: "size"),
        transform: SizeLimit.init(parsing:))
    var maxSize: SizeLimit?

    @Option(help: "How layers are stored. With none, the image does not depend on the version of a library.")
    var compression: LayerStorage?

    @OptionGroup(title: "Health") var health: HealthOptions

    private static let needWords = RuntimeNeed.allCases.map(\.rawValue).joined(separator: ", ")

    func validate() throws {
        if let both = with.first(where: without.contains) {
            throw ValidationError("--with \(both.rawValue) and --without \(both.rawValue) contradict each other")
        }
    }
}
