import ArgumentParser
import Configuration
import ProcessStart
import SystemPackage

/// `--config` and `--no-config`.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The configuration file.",
            discussion:
                "Without it: \(ConfigurationFile.name), in this folder or one above, up to the repository's root.",
            valueName: "file"))
    var config: String?

    @Flag(name: .customLong("no-config"), help: "Read no configuration file.")
    var isOff = false

    func validate() throws {
        if isOff, config != nil { throw ValidationError("--config and --no-config contradict each other") }
    }

    /// The configuration that is in force in a folder.
    func file(from folder: FilePath) throws -> ConfigurationFile {
        if isOff { return .none(in: folder) }
        if let named = config ?? ProcessStart.variable("SCRATCHREADY_CONFIG") {
            return try ConfigurationFile(reading: folder.pushing(FilePath(named)), shown: named)
        }
        return try ConfigurationFile.nearest(from: folder)
    }
}
