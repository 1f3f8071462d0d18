public import GoBinary

/// One entry of `builds`: packages that are built alike. If a property is nil, the command line decides, else go.
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
    /// Flags for the linker, in which `{{version}}`, `{{commit}}` and `{{date}}` are still to be replaced.
    public let ldflags: String?
    /// Whether paths of the build machine are left out of the binaries.
    public let trimpath: Bool?
    /// How go resolves modules.
    public let mod: ModuleMode?
    /// Whether go writes the commit into the binaries.
    public let buildvcs: CommitStamping?
    /// How C code is compiled.
    public let cgo: CgoChoice?
    /// Environment variables for go, in addition to the inherited ones; none of them can run a program.
    public let environment: [String: String]
    /// Other flags for `go build`; none of them can run a program.
    public let flags: [String]

    /// One platform, or every Linux port of the go command.
    public enum PlatformWord: Sendable, Hashable {
        /// Every Linux port.
        case all
        /// One platform.
        case one(Platform)

        /// Reads `all` or a platform, as people write it.
        public init(parsing text: String) throws(PlatformError) {
            let platform: Platform
            do { platform = try Platform(written: text) } catch {
                guard case .notAPlatform("all") = error else { throw error }
                self = .all
                return
            }
            self = .one(platform)
        }
    }

    /// A build with no other settings.
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
        cgo = other?.cgo
        environment = other?.environment ?? [:]
        flags = other?.flags ?? []
    }

    static let keys = [
        "packages", "name", "platforms", "go-version", "tags", "ldflags", "trimpath", "mod", "buildvcs", "cgo", "env",
        "flags",
    ]

    init(_ value: Value) throws(ConfigurationError) {
        let entries = try value.entries(BuildSettings.keys)
        packages = try BuildSettings.packages(entries["packages"])
        name = try entries["name"].map { (value) throws(ConfigurationError) in try BuildSettings.name(value) }
        platforms = try entries["platforms"]?.texts().map { (value) throws(ConfigurationError) in
            try value.read(PlatformWord.init(parsing:))
        }
        goVersion = try entries["go-version"].map { (value) throws(ConfigurationError) in
            let text = try value.text()
            guard let version = GoVersion(text) else {
                throw value.error(.wrongForm(key: value.path, wanted: "a version of Go such as 1.26.4", found: text))
            }
            return version
        }
        tags = try entries["tags"]?.strings()
        ldflags = try entries["ldflags"].map { (value) throws(ConfigurationError) in
            try BuildSettings.linkerFlags(value)
        }
        trimpath = try entries["trimpath"]?.truth()
        mod = try entries["mod"]?.choice(ModuleMode.self)
        buildvcs = try entries["buildvcs"]?.choice(CommitStamping.self)
        cgo = try entries["cgo"]?.choice(CgoChoice.self)
        environment =
            try entries["env"].map { (value) throws(ConfigurationError) in
                try BuildSettings.environment(value)
            } ?? [:]
        flags = try entries["flags"].map { (value) throws(ConfigurationError) in try BuildSettings.flags(value) } ?? []
    }

    private static func packages(_ value: Value?) throws(ConfigurationError) -> [String] {
        guard let value else { return ["."] }
        let packages = try value.strings()
        guard !packages.isEmpty else {
            throw value.error(
                .refused(key: value.path, reason: "names no package; without the key it is the one in this folder"))
        }
        return packages
    }

    private static func linkerFlags(_ value: Value) throws(ConfigurationError) -> String {
        let text = try value.strings().joined(separator: " ")
        if let setting = UnsafeSetting.of(toolFlags: text, ofLinker: true) {
            throw value.error(.unsafe(key: value.path, setting))
        }
        return text
    }

    private static func flags(_ value: Value) throws(ConfigurationError) -> [String] {
        let values = try value.list()
        let flags = try values.map { (value) throws(ConfigurationError) in try value.text() }
        if let (index, setting) = UnsafeSetting.of(flags: flags) {
            throw values[index].error(.unsafe(key: values[index].path, setting))
        }
        return flags
    }

    private static func environment(_ value: Value) throws(ConfigurationError) -> [String: String] {
        let values = try value.mapping { _ in }
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            if let setting = UnsafeSetting.of(variable: name, value: try value.text()) {
                throw value.error(.unsafe(key: value.path, setting))
            }
        }
        return try value.pairs()
    }

    private static func name(_ value: Value) throws(ConfigurationError) -> String {
        let name = try value.text()
        guard !name.contains("/"), name != ".", name != ".." else {
            throw value.error(.wrongForm(key: value.path, wanted: "a file name without folders", found: name))
        }
        return name
    }
}
