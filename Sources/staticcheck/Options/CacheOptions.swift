import ArgumentParser
import Configuration
import GoToolchain
import SystemPackage
import Workflows

/// `--cache`.
struct CacheOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A program with its arguments that keeps go's build cache (GOCACHEPROG, Go 1.24 or later); off: none.",
            discussion:
                "It is asked by every build, and never by the second build of --reproduce. Reports and stamps name it. Default: none; GOCACHEPROG in the environment does not count.",
            valueName: "program …"))
    var cache: String?

    /// The cache program: that of the command line, else of the environment, else of the configuration.
    ///
    /// One that the configuration names must not lie in the tree that it is about, and does not run there.
    func resolve(over file: ConfigurationFile, in context: Context) throws -> CacheProgram? {
        if let words = cache ?? context.variable("SCRATCHCHECK_CACHE") {
            guard words != "off" else { return nil }
            return try CacheProgram(parsing: words, searchPath: context.searchPath, folder: context.folder)
        }
        guard let name = file.settings.cache, name != "off" else { return nil }
        let program = try CacheProgram(parsing: name, searchPath: context.searchPath, folder: "/")
        if file.escape(of: program.path) == nil { throw ResolveError.cacheInTree(program.path) }
        return program
    }
}
