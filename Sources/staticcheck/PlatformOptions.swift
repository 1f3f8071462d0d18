import ArgumentParser
import GoBinary

/// `--platform`, as check takes it: a list, or `all`.
struct PlatformOptions: ParsableArguments {
    @Option(
        name: [.customLong("platform"), .customShort("p")],
        help: ArgumentHelp(
            "The platforms, with commas between: linux/amd64,linux/arm/v7; all means every Linux port of the go command.",
            discussion: "May be given several times. Without it: linux/amd64,linux/arm64.", valueName: "platform,…"))
    var platforms: [String] = []

    /// The platforms asked for, each once.
    ///
    /// - Parameter ports: What the go command can build for.
    func resolve(ports: [Platform]) throws -> [Platform] {
        let words = platforms.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        guard !words.isEmpty else {
            return [Platform(goos: "linux", goarch: "amd64"), Platform(goos: "linux", goarch: "arm64")]
        }
        return try words.flatMap { word in
            word == "all" ? ports.filter(\.isLinux).sorted() : [try PlatformOptions.parse(word)]
        }
    }

    /// One platform; text of another shape is wrong usage.
    static func parse(_ text: String) throws -> Platform {
        do { return try Platform(parsing: text) } catch { throw ValidationError("\(error)") }
    }
}
