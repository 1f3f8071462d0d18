import ArgumentParser
import Configuration
import GoBinary
import Workflows

/// `--platform` of the commands that build: a list, or `all`.
struct PlatformOptions: ParsableArguments {
    @Option(
        name: [.customLong("platform"), .customShort("p")],
        help: ArgumentHelp(
            "The platforms, separated by commas: linux/amd64,linux/arm/v7; all means every Linux port of the go command.",
            discussion:
                "May be given several times. Other names of architectures, such as linux/x86_64, are understood. Default: linux/amd64,linux/arm64.",
            valueName: "platform,…"),
        transform: PlatformList.init(parsing:))
    var platforms: [PlatformList] = []

    /// The platforms of the command line, else of the environment; nil leaves them to the configuration.
    func resolve(in context: Context) throws -> [BuildSettings.PlatformWord]? {
        if !platforms.isEmpty { return platforms.flatMap(\.words) }
        return try context.value(of: "SCRATCHCHECK_PLATFORM") { try PlatformList(parsing: $0) }?.words
    }

    /// The platforms that the command line or the environment names; nil if it names none, or `all`.
    func chosen(in context: Context) throws -> [Platform]? {
        guard let words = try resolve(in: context), !words.contains(.all) else { return nil }
        return words.compactMap { word in
            if case .one(let platform) = word { platform } else { nil }
        }
    }
}

extension Context {
    /// The value of an environment variable; nil if it is not set.
    ///
    /// - Throws: `ValidationError` that names the variable.
    func value<Value>(of name: String, _ read: (String) throws -> Value) throws -> Value? {
        guard let text = variable(name) else { return nil }
        do { return try read(text) } catch { throw ValidationError("\(name): \(error)") }
    }
}
