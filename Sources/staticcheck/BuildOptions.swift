import ArgumentParser
import GoToolchain

/// What is passed on to go.
struct BuildOptions: ParsableArguments {
    @Option(name: .customLong("go"), help: "The go command to use, in place of the one on PATH.")
    var goPath: String?

    @Option(help: "Build tags, with commas between.")
    var tags: String?

    @Option(parsing: .unconditional, help: "Flags for Go's linker, for example '-s -w'.")
    var ldflags: String?

    @Flag(inversion: .prefixedNo, help: "Leave the paths of this machine out of the binaries.")
    var trimpath = true

    @Option(help: "How go resolves modules: readonly, vendor or mod.")
    var mod: String?

    @Option(help: "Whether go writes the commit into the binaries: auto, true or false.")
    var buildvcs: String?

    /// The flags, with those that were given after `--`.
    func flags(passedOn: [String]) -> BuildFlags {
        BuildFlags(
            tags: tags, ldflags: ldflags, trimpath: trimpath, mod: mod, buildvcs: buildvcs, passedOn: passedOn)
    }
}
