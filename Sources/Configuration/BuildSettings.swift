public import GoBinary

/// One entry of `builds`: packages that are built alike. What is nil is decided by the command line, else by go.
public struct BuildSettings: Sendable, Hashable {
    /// The packages, as go takes them; default: `.`.
    public let packages: [String]
    /// The file name of the program, for a build of one program.
    public let name: String?
    /// The platforms.
    public let platforms: [PlatformWord]?
    /// The version of Go to build with.
    public let goVersion: GoVersion?
    /// Build tags.
    public let tags: [String]?
    /// Flags for the linker, with `{{version}}`, `{{commit}}` and `{{date}}` not yet filled in.
    public let ldflags: String?
    /// Whether the binaries leave out the paths of the machine.
    public let trimpath: Bool?
    /// How go resolves modules.
    public let mod: ModuleMode?
    /// Whether go writes the commit into the binaries.
    public let buildvcs: CommitStamping?
    /// Environment variables for go, on top of the inherited ones.
    public let environment: [String: String]
    /// Other flags for `go build`.
    public let flags: [String]

    /// One platform, or every Linux port of the go command.
    public enum PlatformWord: Sendable, Hashable {
        /// Every Linux port.
        case all
        /// One platform.
        case one(Platform)

        /// Reads `all` or a platform.
        public init(parsing text: String) throws(PlatformError) {
            self = text == "all" ? .all : .one(try Platform(parsing: text))
        }
    }

    /// A build for which nothing is configured.
    public init(packages: [String]) { self.init(packages: packages, like: nil) }

    /// The same settings for other packages. A name is dropped, because it was given for the configured packages.
    public func with(packages: [String]) -> BuildSettings {
        packages == self.packages ? self : BuildSettings(packages: packages, like: self)
    }

    private init(packages: [String], like other: BuildSettings?) {
        self.packages = packages
        name = nil
        platforms = other?.platforms
        goVersion = other?.goVersion
        tags = other?.tags
        ldflags = other?.ldflags
        trimpath = other?.trimpath
        mod = other?.mod
        buildvcs = other?.buildvcs
        environment = other?.environment ?? [:]
        flags = other?.flags ?? []
    }

    static let keys = [
        "packages", "name", "platforms", "go-version", "tags", "ldflags", "trimpath", "mod", "buildvcs", "env", "flags",
    ]

    init(_ value: Value) throws(ConfigurationError) {
        let entries = try value.entries(BuildSettings.keys)
        packages =
            try entries["packages"]?.texts().map { (text) throws(ConfigurationError) in try text.text() } ?? ["."]
        name = try entries["name"].map { (value) throws(ConfigurationError) in try BuildSettings.name(value) }
        platforms = try entries["platforms"]?.texts().map { (value) throws(ConfigurationError) in
            try value.read(PlatformWord.init(parsing:))
        }
        goVersion = try entries["go-version"].map { (value) throws(ConfigurationError) in
            guard let version = GoVersion(try value.text()) else {
                throw value.error("'\(value.path)' must be a version of Go such as 1.26.4")
            }
            return version
        }
        tags = try entries["tags"]?.texts().map { (text) throws(ConfigurationError) in try text.text() }
        let words = try entries["ldflags"]?.texts().map { (text) throws(ConfigurationError) in try text.text() }
        ldflags = words?.joined(separator: " ")
        trimpath = try entries["trimpath"]?.truth()
        mod = try entries["mod"]?.choice(ModuleMode.self)
        buildvcs = try entries["buildvcs"]?.choice(CommitStamping.self)
        var environment: [String: String] = [:]
        for (name, value) in try entries["env"]?.mapping({ _ in }) ?? [:] { environment[name] = try value.text() }
        self.environment = environment
        flags = try entries["flags"]?.list().map { (text) throws(ConfigurationError) in try text.text() } ?? []
    }

    private static func name(_ value: Value) throws(ConfigurationError) -> String {
        let name = try value.text()
        guard !name.contains("/"), name != ".", name != ".." else {
            throw value.error("'\(value.path)' must be a file name without folders")
        }
        return name
    }
}
