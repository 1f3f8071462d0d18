public import Configuration
public import GoBinary
public import GoToolchain
public import SystemPackage

/// Packages that are built alike, for each of some platforms: one entry of `builds`, or the packages of the command line.
public struct BuildRequest: Sendable, Hashable {
    /// The packages, as go takes them.
    public var packages: [String]
    /// The folder that the packages are named from, an absolute path.
    public var directory: FilePath
    /// The file name of the program, for a build of one program; nil uses go's.
    public var name: String?
    /// The platforms; `all` is every Linux port of the go command.
    public var platforms: [BuildSettings.PlatformWord]
    /// The version of Go; nil uses the one that is installed.
    public var goVersion: GoVersion?
    /// Build tags, with commas between.
    public var tags: String?
    /// Flags for the linker. `{{version}}`, `{{commit}}` and `{{date}}` are filled in from git.
    public var ldflags: String?
    /// Whether the binaries leave out the paths of this machine.
    public var trimpath = true
    /// How go resolves modules; nil leaves it to go.
    public var mod: ModuleMode?
    /// Whether go writes the commit into the binaries; nil leaves it to go.
    public var buildvcs: CommitStamping?
    /// How C code is compiled.
    public var cgo = CgoChoice.off
    /// Environment variables for go, on top of the inherited ones.
    public var environment: [String: String] = [:]
    /// Other flags for `go build`.
    public var flags: [String] = []

    /// The platforms that are built if nothing names others.
    public static let standardPlatforms: [BuildSettings.PlatformWord] = ["amd64", "arm64"].map {
        .one(Platform(goos: "linux", goarch: $0))
    }

    /// Makes a request for packages in a folder.
    public init(
        packages: [String], directory: FilePath,
        platforms: [BuildSettings.PlatformWord] = BuildRequest.standardPlatforms
    ) {
        self.packages = packages
        self.directory = directory
        self.platforms = platforms
    }

    /// Whether the linker's flags ask for what git knows.
    var usesGitFacts: Bool { ldflags.map { !GitFacts.placeholders(in: $0).isEmpty } ?? false }

    /// The flags of `go build` with a toolchain.
    func flags(with facts: GitFacts?, for toolchain: Toolchain) throws -> BuildFlags {
        var ldflags = try ldflags.map { try facts?.filling($0) ?? $0 }
        if toolchain.compiler != nil {
            try StaticLinking.check(flags)
            ldflags = try toolchain.linkerFlags(adding: ldflags)
        }
        return flags(linkingWith: ldflags)
    }

    /// The flags of `go build` with these flags of the linker.
    func flags(linkingWith ldflags: String?) -> BuildFlags {
        BuildFlags(
            tags: tags, ldflags: ldflags, trimpath: trimpath, mod: mod?.rawValue, buildvcs: buildvcs?.rawValue,
            passedOn: flags)
    }
}

/// All builds of a run, and the go command for them.
public struct MatrixRequest: Sendable, Hashable {
    /// The builds, in the order that they were asked for.
    public var builds: [BuildRequest]
    /// The go command; nil looks on `PATH`.
    public var goPath: FilePath?
    /// The program to which go leaves its build cache; nil lets go keep it.
    public var cache: CacheProgram?
    /// Whether go is asked for the packages each time, even if no source has changed since the last run.
    public var isAskingAnew = false

    /// Makes a request.
    public init(builds: [BuildRequest], goPath: FilePath? = nil, cache: CacheProgram? = nil) {
        self.builds = builds
        self.goPath = goPath
        self.cache = cache
    }
}
