import GoBinary

/// An environment variable of the go command, and what is decided for it.
///
/// The table holds every variable that `go env` or `go help environment` of Go 1.19 and 1.27 names, and the few others that the
/// compiler reads. It is printed in docs/configuration.md.
public struct GoVariable: Sendable, Hashable {
    /// The name.
    public let name: String
    /// What is decided.
    public let decision: Decision
    /// What the variable does, or why it is decided like this; a phrase.
    public let reason: String

    /// What happens to a variable that is set in the environment, or stored by `go env -w`.
    public enum Decision: String, Sendable, Hashable, CaseIterable {
        /// It gets a value that does not depend on the environment.
        case pinned
        /// It is removed.
        case dropped
        /// It stays in force, and is named on standard error because it changes what is built.
        case named
        /// It stays in force. It chooses where things are found or stored, or how fast, and not what is built.
        case passedOn = "passed on"
        /// go does not read it, or not in a build with CGO_ENABLED=0.
        case irrelevant
    }

    /// The variable that names a program to which go leaves its build cache (Go 1.24).
    public static let cacheProgram = "GOCACHEPROG"

    /// The names with some decision.
    static func names(_ decision: Decision) -> Set<String> {
        Set(all.filter { $0.decision == decision }.map(\.name))
    }

    /// All variables, by name.
    public static let all: [GoVariable] =
        (groups.flatMap { decision, variables in
            variables.map { GoVariable(name: $0.key, decision: decision, reason: $0.value) }
        } + Platform.variantVariables.map { GoVariable(name: $0, decision: .pinned, reason: "`--platform` decides") })
        .sorted { $0.name < $1.name }

    private static let groups: [Decision: [String: String]] = [
        .pinned: [
            "CGO_ENABLED": "0, because a scratch image has no C library; 1 with `--cgo`, which links it statically",
            "GOARCH": "`--platform` decides", "GOOS": "`--platform` decides",
            "GOENV": "off: the file is read before, so that what is pinned or dropped cannot come back from it",
            "GOFLAGS":
                "flags that make another kind of file, run programs or write elsewhere are left out; the rest is named",
            "GOTMPDIR": "a folder of the run, below the output folder; with `--cgo` below TMPDIR",
        ],
        .dropped: [
            "GO_EXTLINK_ENABLED": "it would start an external linker",
            cacheProgram: "`--cache` names the cache program, and no other is asked",
        ],
        .named: [
            "GO111MODULE": "whether modules are used",
            "GOCLOBBERDEADHASH": "debugging of the compiler", "GOCOMPILEDEBUG": "debugging of the compiler",
            "GODEBUG": "debugging of go and of the compiler", "GOEXPERIMENT": "experiments of the toolchain",
            "GOFIPS140": "which cryptography is compiled in", "GOROOT": "the standard library and the compiler",
            "GOROOT_FINAL": "the paths in stack traces, before Go 1.23", "GOSSADIR": "debugging of the compiler",
            "GOSSAFUNC": "debugging of the compiler", "GOWASM": "features of WebAssembly", "GOWORK": "the workspace",
        ],
        .passedOn: [
            "CC": "started only by `--cgo native`, or if `-linkmode=external` is asked for", "CXX": "as CC",
            "GCCGO": "used only with `-compiler=gccgo`", "GCCGOTOOLDIR": "used only with `-compiler=gccgo`",
            "GIT_ALLOW_PROTOCOL": download, "GOAUTH": "how go logs in to download modules; it may run a program",
            "GOCACHE":
                "where compiled packages are kept; the second build of `--reproduce` gets an empty folder",
            "GOINSECURE": download, "GOMODCACHE": "where modules are kept",
            "GONOPROXY": download, "GONOSUMDB": download, "GOPATH": "where modules and programs are kept",
            "GOPRIVATE": download, "GOPROXY": download, "GOSUMDB": download, "GOVCS": download,
            "GOTOOLCHAIN": "which version of Go runs; reports and stamps hold the version, and `--go-version` sets it",
        ],
        .irrelevant: Dictionary(
            uniqueKeysWithValues: ofC.map { ($0, "only with `--cgo`, which names it") }
                + computed.map { ($0, "computed by go, not read") }
                + [
                    ("GOBIN", "only for `go install`"), ("GOCOVERDIR", "only for programs built with `-cover`"),
                    ("GOPACKAGESDRIVER", "only for tools that list packages"),
                ]),
    ]

    private static let download = "where modules are downloaded from; go.sum says what they must contain"
    /// The variables that are read only in a build with cgo, and change what it builds.
    static let ofC =
        ["AR", "FC", "PKG_CONFIG"]
        + ["CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS", "CGO_FFLAGS", "CGO_LDFLAGS"].flatMap {
            [$0, $0 + "_ALLOW", $0 + "_DISALLOW"]
        }
    private static let computed = [
        "GOEXE", "GOGCCFLAGS", "GOHOSTARCH", "GOHOSTOS", "GOMOD", "GOTELEMETRY", "GOTELEMETRYDIR", "GOTOOLDIR",
        "GOVERSION",
    ]
}
