/// What a Go program says about its own build (`runtime/debug.BuildInfo`). It can be forged: it explains, and proves nothing.
public struct BuildInfo: Sendable, Hashable {
    /// The toolchain, `go1.27.3`.
    public let goVersion: String
    /// The import path of the main package.
    public let path: String
    /// The module of the main package; nil if the program was built outside a module.
    public let main: Module?
    /// The modules that it depends on.
    public let dependencies: [Module]
    /// The build settings, such as `GOOS`, `CGO_ENABLED`, `-trimpath`, `vcs.revision`.
    public let settings: [String: String]

    /// A module with its version and checksum.
    public struct Module: Sendable, Hashable {
        /// The module path.
        public let path: String
        /// The version, `v1.2.3` or `(devel)`.
        public let version: String
        /// The `h1:` checksum; empty if there is none.
        public let sum: String
        /// The module of the build list that this one takes the place of (`replace` in go.mod); nil if there is none.
        public private(set) var replaced: Name? = nil

        /// A module of the build list.
        public struct Name: Sendable, Hashable {
            /// The module path.
            public let path: String
            /// The version that the build list asks for; empty if there is none.
            public let version: String
        }

        /// Whether it is a folder and not a module at a version: `replace example.com/m => ../m`.
        ///
        /// Source: https://go.dev/ref/mod#go-mod-file-replace, a path that begins with `./` or `../`, or an absolute one.
        public var isFolder: Bool { replaced != nil && (path.hasPrefix(".") || path.hasPrefix("/")) }

        /// The path by which packages are imported.
        public var importedPath: String { replaced?.path ?? path }
    }

    /// The platform in the settings; nil if GOOS or GOARCH is missing.
    public var platform: Platform? {
        guard let goos = settings["GOOS"], let goarch = settings["GOARCH"] else { return nil }
        return Platform(goos: goos, goarch: goarch)
    }

    /// Reads the text that the linker embeds: lines of fields separated by tabs (`debug.ParseBuildInfo`).
    init(goVersion: String, text: String) {
        var path = ""
        var main: Module?
        var dependencies: [Module] = []
        var settings: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            switch fields.first {
            case "path" where fields.count > 1: path = fields[1]
            case "mod" where fields.count > 2: main = Module(fields)
            case "dep" where fields.count > 2: dependencies.append(Module(fields))
            case "=>" where fields.count > 2 && !dependencies.isEmpty:
                let last = dependencies[dependencies.count - 1]
                let replaced = last.replaced ?? Module.Name(path: last.path, version: last.version)
                dependencies[dependencies.count - 1] = Module(fields, replaced: replaced)
            case "build" where fields.count > 1:
                let setting = fields[1...].joined(separator: "\t")
                guard let equals = setting.firstIndex(of: "=") else { continue }
                let value = setting[setting.index(after: equals)...]
                settings[String(setting[..<equals])] = BuildInfo.unquoted(String(value))
            default: continue
            }
        }
        self.goVersion = goVersion
        self.path = path
        self.main = main
        self.dependencies = dependencies
        self.settings = settings
    }

    /// Settings with spaces or quotes are written as Go string literals.
    private static func unquoted(_ value: String) -> String {
        guard value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") else { return value }
        return String(value.dropFirst().dropLast()).replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
    }
}

extension BuildInfo.Module {
    fileprivate init(_ fields: [String], replaced: Name? = nil) {
        self.init(path: fields[1], version: fields[2], sum: fields.count > 3 ? fields[3] : "", replaced: replaced)
    }
}

extension BuildInfo.Module {
    /// The version, `v1.2.3`; of a module that stands for another: `v1.2.3 => example.com/fork v1.2.4`.
    public var fullVersion: String {
        guard let replaced else { return version }
        return replaced.version + " => " + [path, version].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
