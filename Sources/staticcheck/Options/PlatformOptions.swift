import ArgumentParser
import Configuration
import FoundationEssentials
import GoBinary
import GoToolchain
import ProcessStart

/// `--platform`, as check takes it: a list, or `all`.
struct PlatformOptions: ParsableArguments {
    @Option(
        name: [.customLong("platform"), .customShort("p")],
        help: ArgumentHelp(
            "The platforms, with commas between: linux/amd64,linux/arm/v7; all means every Linux port of the go command.",
            discussion: "May be given several times. Without it: linux/amd64,linux/arm64.", valueName: "platform,…"))
    var platforms: [String] = []

    /// The platforms of a build: those of the command line, else of the environment, else of the configuration.
    func resolve(over settings: BuildSettings, toolchain: Toolchain) async throws -> [Platform] {
        var resolved: [Platform] = []
        for word in try words() ?? settings.platforms ?? PlatformOptions.defaults {
            switch word {
            case .all: resolved += try await toolchain.platforms().filter(\.isLinux).sorted()
            case .one(let platform): resolved.append(platform)
            }
        }
        try await toolchain.check(resolved)
        return resolved
    }

    private static let defaults: [BuildSettings.PlatformWord] = [
        .one(Platform(goos: "linux", goarch: "amd64")), .one(Platform(goos: "linux", goarch: "arm64")),
    ]

    /// The platforms that are named; nil where all are meant, or none is named.
    func chosen() throws -> [Platform]? {
        guard let words = try words(), !words.contains(.all) else { return nil }
        return words.compactMap { word in
            if case .one(let platform) = word { platform } else { nil }
        }
    }

    private func words() throws -> [BuildSettings.PlatformWord]? {
        let given = platforms.isEmpty ? ProcessStart.variable("SCRATCHREADY_PLATFORM").map { [$0] } ?? [] : platforms
        guard !given.isEmpty else { return nil }
        let words = given.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        do { return try words.map(BuildSettings.PlatformWord.init(parsing:)) } catch {
            throw ValidationError("\(error)")
        }
    }

    /// One platform; text of another shape is wrong usage.
    static func parse(_ text: String) throws -> Platform {
        do { return try Platform(parsing: text) } catch { throw ValidationError("\(error)") }
    }
}
