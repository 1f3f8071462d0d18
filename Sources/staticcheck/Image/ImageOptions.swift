public import ArgumentParser
import Configuration
import Files
public import ScratchImage
public import Verification

/// What an image holds and says, beside its program.
struct ImageOptions: ParsableArguments {
    @Option(
        name: [.customShort("t"), .long],
        help: ArgumentHelp("The image's name: registry.example.com/app:1.0.", valueName: "name:tag"))
    var tag: String?

    @Option(help: "The user and group that the program runs as, in numbers. Without it: 65532:65532.")
    var user: String?

    @Option(
        help: ArgumentHelp(
            "Put something in though the program does not seem to need it: \(ImageOptions.needWords).",
            valueName: "need"))
    var with: [RuntimeNeed] = []

    @Option(help: ArgumentHelp("Leave something out though the program seems to need it.", valueName: "need"))
    var without: [RuntimeNeed] = []

    @Option(help: ArgumentHelp("The CA certificates, in PEM. Without it: this machine's bundle.", valueName: "file"))
    var certificates: String?

    @Option(
        help: ArgumentHelp(
            "The time zones: a zoneinfo.zip or a zoneinfo folder. Without it: Go's own, else this machine's.",
            valueName: "path"))
    var timeZones: String?

    @Option(
        help: ArgumentHelp(
            "Add a file or folder, owned by root and read-only; programs must pass the gate too.",
            discussion: "May be given several times.", valueName: "source:/target"))
    var add: [String] = []

    @Option(
        name: .customLong("arg"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("An argument of the entry point, in its order.", valueName: "word"))
    var arguments: [String] = []

    @Option(
        name: .customLong("cmd"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("An argument that users of the image may replace.", valueName: "word"))
    var command: [String] = []

    @Option(name: .customLong("env"), help: ArgumentHelp("A variable of the environment.", valueName: "name=value"))
    var environment: [String] = []

    @Option(help: ArgumentHelp("A port that the program listens on: 8080, 53/udp.", valueName: "port"))
    var expose: [String] = []

    @Option(name: .customLong("label"), help: ArgumentHelp("A label of the configuration.", valueName: "name=value"))
    var labels: [String] = []

    @Option(
        name: .customLong("annotation"),
        help: ArgumentHelp(
            "An annotation of the index and the manifests; source, revision, version and created come from git.",
            valueName: "name=value"))
    var annotations: [String] = []

    @Option(help: "The signal that asks the program to end: SIGINT.")
    var stopSignal: String?

    @Option(name: .customLong("workdir"), help: "The folder that the program starts in. Without it: /.")
    var workingFolder: String?

    @Option(help: "How layers are stored: gzip, or none, which no version of zlib changes.")
    var compression: LayerCompression?

    private static let needWords = RuntimeNeed.allCases.map(\.rawValue).joined(separator: ", ")

    func validate() throws {
        _ = try user.map(ImageOptions.numbers)
        _ = try tag.map(ImageOptions.reference)
        for text in environment + labels + annotations { _ = try ImageOptions.pair(text) }
        if let workingFolder, workingFolder.utf8.first != UInt8(ascii: "/") {
            throw ValidationError("--workdir '\(workingFolder)': write the whole path, from /")
        }
        if let stopSignal, UInt8(stopSignal) == nil, !stopSignal.hasPrefix("SIG") || stopSignal.utf8.count < 5 {
            throw ValidationError("--stop-signal '\(stopSignal)': write a signal's name, SIGINT, or its number")
        }
        for port in expose { _ = try ImageOptions.port(port) }
        if let both = with.first(where: without.contains) {
            throw ValidationError("--with \(both.rawValue) and --without \(both.rawValue) contradict each other")
        }
    }

    static func numbers(_ text: String) throws -> UserNumbers {
        guard let numbers = UserNumbers(text) else {
            throw ValidationError(
                "the user '\(text)' must be a number other than 0, or user:group: clusters cannot resolve names, and root is "
                    + "what these images are to avoid")
        }
        return numbers
    }

    static func reference(_ text: String) throws -> ImageReference {
        guard let reference = ImageReference(text) else {
            throw ValidationError("'\(text)' is no name of an image: write registry.example.com/app:1.0, in lower case")
        }
        return reference
    }

    static func pair(_ text: String) throws -> (name: String, value: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty else { throw ValidationError("'\(text)': write name=value") }
        return (parts[0], parts[1])
    }

    /// `8080/tcp`, for tcp is what a bare number means.
    static func port(_ text: String) throws -> String {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let kind = parts.count == 2 ? parts[1] : "tcp"
        guard (1...2).contains(parts.count), let number = UInt16(parts[0]), number > 0,
            ["tcp", "udp", "sctp"].contains(kind)
        else { throw ValidationError("'\(text)' is no port: write 8080 or 53/udp") }
        return "\(number)/\(kind)"
    }

    /// What the program's own needs become.
    func needs(_ seen: Set<RuntimeNeed>, over section: ImageSection?) -> Set<RuntimeNeed> {
        let configured = { (words: [String]?) in Set((words ?? []).compactMap(RuntimeNeed.init(rawValue:))) }
        return seen.union(configured(section?.with)).subtracting(configured(section?.without))
            .union(with).subtracting(without)
    }
}

extension RuntimeNeed: ExpressibleByArgument {}
extension LayerCompression: ExpressibleByArgument {}
