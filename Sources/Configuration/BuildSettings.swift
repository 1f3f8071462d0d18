public import GoBinary

/// One entry of `builds`: packages that are built alike. What is not there is left to the command line, and then to go.
public struct BuildSettings: Sendable, Hashable {
    /// The packages, as go takes them.
    public let packages: [String]
    /// The name of the file, for a build of one program.
    public let name: String?
    /// The platforms, each `all` or one platform.
    public let platforms: [PlatformWord]?
    /// The version of Go.
    public let goVersion: GoVersion?
    /// Build tags.
    public let tags: [String]?
    /// Flags for the linker, in which `{{version}}` and the like are replaced.
    public let ldflags: String?
    /// Whether the paths of the machine are left out.
    public let trimpath: Bool?
    /// How modules are resolved.
    public let mod: String?
    /// Whether the commit is written into the binaries.
    public let buildvcs: String?
    /// More of the environment.
    public let environment: [String: String]
    /// Other flags for `go build`.
    public let flags: [String]

    /// A platform, or all that the go command has for Linux.
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

    /// The settings of a build of which nothing is configured.
    public init(packages: [String]) { self.init(packages: packages, like: nil) }

    /// The same settings for other packages; a name stays with the packages that it was given to.
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
                throw value.error("'\(value.path)' must be a version of Go, for example 1.26.4")
            }
            return version
        }
        tags = try entries["tags"]?.texts().map { (text) throws(ConfigurationError) in try text.text() }
        let words = try entries["ldflags"]?.texts().map { (text) throws(ConfigurationError) in try text.text() }
        ldflags = words?.joined(separator: " ")
        trimpath = try entries["trimpath"]?.truth()
        mod = try entries["mod"]?.word(of: ["readonly", "vendor", "mod"])
        buildvcs = try entries["buildvcs"]?.word(of: ["auto", "true", "false"])
        var environment: [String: String] = [:]
        for (name, value) in try entries["env"]?.mapping({ _ in }) ?? [:] { environment[name] = try value.text() }
        self.environment = environment
        flags = try entries["flags"]?.list().map { (text) throws(ConfigurationError) in try text.text() } ?? []
    }

    private static func name(_ value: Value) throws(ConfigurationError) -> String {
        let name = try value.text()
        guard !name.contains("/"), name != ".", name != ".." else {
            throw value.error("'\(value.path)' must be the name of a file, without folders")
        }
        return name
    }
}
