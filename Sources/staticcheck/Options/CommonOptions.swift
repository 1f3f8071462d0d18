import ArgumentParser
import Configuration
import Files
import GoToolchain
import Reporting
import SystemPackage
import Workflows

/// `-C`.
struct FolderOptions: ParsableArguments {
    @Option(name: .customShort("C"), help: "Work in this folder, as if staticcheck had been started there.")
    var directory: String?

    /// The context, in the folder of `-C`.
    func resolve(in context: Context) throws -> Context {
        guard let directory else { return context }
        let folder = context.folder.pushing(FilePath(directory)).lexicallyNormalized()
        guard folder.isFolder else { throw ResolveError.noFolder(directory) }
        return context.moved(to: folder)
    }
}

/// `--config` and `--no-config`.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The configuration file.",
            discussion:
                "Default: \(ConfigurationFile.name), in this folder or one above, up to the repository's root.",
            valueName: "file"))
    var config: String?

    @Flag(name: .customLong("no-config"), help: "Read no configuration file.")
    var isOff = false

    func validate() throws {
        if isOff, config != nil { throw ValidationError("--config and --no-config contradict each other") }
    }

    /// The configuration that is in force in a folder. The variables that it and the environment name for a key are hidden from
    /// children, whether the command signs or not.
    func resolve(in context: Context) throws -> ConfigurationFile {
        try FormerName.check(context.environment)
        context.hide(context.variable("SCRATCHCHECK_KEY").map { KeySource($0) })
        let file = try find(in: context)
        context.hide(file.settings.stamps?.key)
        return file
    }

    private func find(in context: Context) throws -> ConfigurationFile {
        if isOff { return .none(in: context.folder) }
        if let named = config ?? context.variable("SCRATCHCHECK_CONFIG") {
            return try ConfigurationFile(reading: context.folder.pushing(FilePath(named)), shown: named)
        }
        return try ConfigurationFile.nearest(from: context.folder)
    }
}

/// `--quiet` and `--verbose`.
struct VerbosityOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Print only the report and errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Show each go command, ready to be copied, and how cores and memory are divided.")
    var verbose = false

    func validate() throws {
        if quiet, verbose { throw ValidationError("--quiet and --verbose contradict each other") }
    }

    /// The listener that prints notes and progress as these options ask.
    ///
    /// - Parameter showsNotes: Whether a report that it prints has the notes of the rules.
    func listener(showsNotes: Bool = false) -> TerminalListener {
        TerminalListener(isQuiet: quiet, isVerbose: verbose, showsNotes: showsNotes)
    }
}

/// `--quiet` of the commands that build nothing.
struct QuietOption: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Print only the report and errors.")
    var quiet = false

    /// The listener that prints notes and progress as this option asks.
    func listener() -> TerminalListener { TerminalListener(isQuiet: quiet) }
}

/// Which programs are built for which platforms, and how: the options that `check`, `image`, `matrix` and `dockerfile` share.
struct MatrixOptions: ParsableArguments {
    @OptionGroup(title: "Matrix") var platformOptions: PlatformOptions
    @OptionGroup(title: "Build") var build: BuildOptions
    @OptionGroup(title: "Build") var cache: CacheOptions
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @OptionGroup var folder: FolderOptions

    /// The builds that were asked for.
    ///
    /// - Parameters:
    ///   - words: Packages, or names of configured builds; none means all that is configured.
    ///   - toGo: Flags for `go build`.
    ///   - isBuilding: Whether programs are built on this machine, so that the cache program must be there.
    func resolve(
        _ words: [String], toGo: [String] = [], over file: ConfigurationFile, in context: Context,
        isBuilding: Bool = true
    ) throws -> MatrixRequest {
        if let flag = BuildFlags.withoutProgram(among: toGo) {
            throw ValidationError(
                "\(flag) cannot be passed on to go: go would not write the program where it is verified; "
                    + "--output chooses the folder, and --dry-run shows the commands")
        }
        if let word = BuildFlags.package(among: toGo) {
            throw ValidationError(
                "\(word.printable) after -- is not a flag: what stands there is passed on to go build; packages stand before --"
            )
        }
        try WrongPackage.check(
            RequestedBuilds.unconfigured(file, words: words, folder: context.folder), in: context.folder,
            commands: StaticcheckCommand.isNamed(in: Surroundings.arguments) ? [] : StaticcheckCommand.names)
        let platforms = try platformOptions.resolve(in: context)
        let builds = RequestedBuilds.of(file, words: words, folder: context.folder).map { settings, directory in
            build.resolve(over: settings, in: directory, platforms: platforms, toGo: toGo)
        }
        return MatrixRequest(
            builds: builds, goPath: build.goPath.map { context.folder.pushing(FilePath($0)) },
            cache: isBuilding ? try cache.resolve(over: file, in: context) : nil)
    }
}

/// Why options that were parsed correctly cannot be used.
enum ResolveError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The folder of `-C` does not exist.
    case noFolder(String)
    /// The standard output folder is, or is reached through, a symbolic link out of the repository.
    case outputLeavesRepository(FilePath, target: FilePath)
    /// The cache program that the configuration names lies in the folder of the configuration.
    case cacheInTree(FilePath)

    var description: String {
        switch self {
        case .noFolder(let name): "-C \(name): folder not found"
        case .cacheInTree(let program):
            "the configuration names the cache program \(program), which lies in the folder of the configuration: whoever can "
                + "change the sources could change it; name it with --cache if that is meant"
        case .outputLeavesRepository(let folder, let target):
            "\(folder) leads through a link to \(target), outside of the repository: name the folder with --output if that "
                + "is meant"
        }
    }
}
