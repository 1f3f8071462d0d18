public import ArgumentParser
import Configuration
import FoundationEssentials
public import GoBinary
import GoToolchain
import SystemPackage

/// What is passed on to go.
struct BuildOptions: ParsableArguments {
    @Option(name: .customLong("go"), help: "The go command to use, in place of the one on PATH.")
    var goPath: String?

    @Option(
        help: ArgumentHelp(
            "The version of Go to build with: 1.26.4, or 1.26 for any of its releases.",
            discussion: "By GOTOOLCHAIN where the go command knows it (from 1.21 on), else go1.26.4 on PATH."))
    var goVersion: GoVersion?

    @Option(help: "Build tags, with commas between.")
    var tags: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Flags for Go's linker, for example '-s -w'.",
            discussion: "{{version}}, {{commit}} and {{date}} in them become what git says of the sources."))
    var ldflags: String?

    @Flag(inversion: .prefixedNo, help: "Leave the paths of this machine out of the binaries, which is the default.")
    var trimpath: Bool?

    @Option(help: "How go resolves modules: readonly, vendor or mod.")
    var mod: String?

    @Option(help: "Whether go writes the commit into the binaries: auto, true or false.")
    var buildvcs: String?

    /// The go command as an absolute path.
    var goCommand: FilePath? {
        goPath.map { FilePath(FileManager.default.currentDirectoryPath).pushing(FilePath($0)) }
    }

    /// The flags of a build, with those that were given after `--`: the command line wins over the configuration.
    func flags(over settings: BuildSettings, passedOn: [String], facts: GitFacts?) throws -> BuildFlags {
        let text = ldflags ?? settings.ldflags
        return BuildFlags(
            tags: tags ?? settings.tags?.joined(separator: ","), ldflags: try text.map { try facts?.filling($0) ?? $0 },
            trimpath: trimpath ?? settings.trimpath ?? true, mod: mod ?? settings.mod,
            buildvcs: buildvcs ?? settings.buildvcs, passedOn: settings.flags + passedOn)
    }
}

extension GoVersion: ExpressibleByArgument {}
