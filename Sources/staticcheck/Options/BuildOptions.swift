import ArgumentParser
import Configuration
import GoBinary
import SystemPackage
import Workflows

/// What is passed on to go.
struct BuildOptions: ParsableArguments {
    @Option(name: .customLong("go"), help: "The go command; default: the one on PATH.")
    var goPath: String?

    @Option(
        help: ArgumentHelp(
            "The version of Go to build with: 1.26.4, or 1.26 for any of its releases.",
            discussion: "Uses GOTOOLCHAIN if the go command knows it (since 1.21), else go1.26.4 on PATH."))
    var goVersion: GoVersion?

    @Option(help: "Build tags, separated by commas.")
    var tags: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Flags for Go's linker, for example '-s -w'.",
            discussion: "{{version}}, {{commit}} and {{date}} are filled in from git."))
    var ldflags: String?

    @Flag(inversion: .prefixedNo, help: "Leave the paths of this machine out of the binaries; on by default.")
    var trimpath: Bool?

    @Option(help: "How go resolves modules (go build -mod).")
    var mod: ModuleMode?

    @Option(help: "Whether go writes the commit into the binaries (go build -buildvcs).")
    var buildvcs: CommitStamping?

    @Option(
        help: ArgumentHelp(
            "For programs that need C (import \"C\"): how it is compiled and linked statically; default: off.",
            discussion:
                "zig: by 'zig cc' with musl, for every platform that zig and Go share; native: by musl-gcc, or the compiler in CC, for this machine."
        ))
    var cgo: CgoChoice?

    /// A build, in which the command line wins over the configuration.
    func resolve(
        over settings: BuildSettings, in directory: FilePath, platforms: [BuildSettings.PlatformWord]?, toGo: [String]
    ) -> BuildRequest {
        var build = BuildRequest(
            packages: settings.packages, directory: directory,
            platforms: platforms ?? settings.platforms ?? BuildRequest.standardPlatforms)
        build.name = settings.name
        build.goVersion = goVersion ?? settings.goVersion
        build.tags = tags ?? settings.tags?.joined(separator: ",")
        build.ldflags = ldflags ?? settings.ldflags
        build.trimpath = trimpath ?? settings.trimpath ?? true
        build.mod = mod ?? settings.mod
        build.buildvcs = buildvcs ?? settings.buildvcs
        build.cgo = cgo ?? settings.cgo ?? .off
        build.environment = settings.environment
        build.flags = settings.flags + toGo
        return build
    }
}
