import GoBinary

/// The environment in which go runs: what would change the result is pinned, and whatever was set aside is named.
public struct BuildEnvironment: Sendable, Hashable {
    /// The variables to pass on, without those that a platform sets.
    public let variables: [String: String]
    /// A sentence for each thing that was overridden, or kept though it changes the result.
    public let notices: [String]

    /// Flags in GOFLAGS that would make another kind of file, or run other programs in the compiler's place.
    private static let refusedFlags: Set<String> = [
        "buildmode", "race", "msan", "asan", "cover", "linkshared", "toolexec", "compiler", "o", "n", "pkgdir", "C",
    ]
    private static let overridden = Platform.variantVariables.union([
        "GOOS", "GOARCH", "GO_EXTLINK_ENABLED", "GOTMPDIR",
    ])
    private static let named: Set<String> = ["GOEXPERIMENT", "GO111MODULE", "GOFIPS140", "GOWORK"]

    /// Pins an environment.
    ///
    /// - Parameters:
    ///   - inherited: The process's own environment.
    ///   - settings: What `go env -w` has stored (the file that GOENV names); the process's environment wins over it.
    public init(inherited: [String: String], settings: [String: String]) {
        var variables = inherited.merging(settings) { own, _ in own }
        var notices: [String] = []
        for name in BuildEnvironment.overridden.sorted() {
            guard let value = variables.removeValue(forKey: name), !value.isEmpty, name != "GOTMPDIR" else { continue }
            notices.append("\(name)=\(value) from the environment is ignored: --platform decides")
        }
        if let value = variables["CGO_ENABLED"], value != "0" {
            notices.append("CGO_ENABLED=\(value) from the environment is ignored: CGO_ENABLED=0 is used")
        }
        for name in BuildEnvironment.named.sorted() {
            guard let value = variables[name], !value.isEmpty else { continue }
            notices.append("\(name)=\(value) from the environment is in force")
        }
        let flags = (variables["GOFLAGS"] ?? "").split(separator: " ").map(String.init)
        let kept = flags.filter { !BuildEnvironment.refusedFlags.contains(BuildEnvironment.name(ofFlag: $0)) }
        for flag in flags where !kept.contains(flag) {
            notices.append("\(flag) in GOFLAGS is ignored: it would change what is built")
        }
        if !kept.isEmpty { notices.append("GOFLAGS in force: \(kept.joined(separator: " "))") }
        variables["GOFLAGS"] = kept.joined(separator: " ")
        variables["CGO_ENABLED"] = "0"
        // The stored settings are merged above; read again by go, they would come in behind the pinned ones.
        variables["GOENV"] = "off"
        self.variables = variables
        self.notices = notices
    }

    private init(variables: [String: String], notices: [String]) {
        self.variables = variables
        self.notices = notices
    }

    /// The environment with more variables, which win over those that are there.
    func adding(_ more: [String: String]) -> BuildEnvironment {
        BuildEnvironment(variables: variables.merging(more) { $1 }, notices: notices)
    }

    /// Reads the file that `go env -w` writes: a line for each `NAME=value`.
    public static func settings(fromFile text: String) -> [String: String] {
        var settings: [String: String] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard let equals = line.firstIndex(of: "=") else { continue }
            settings[String(line[..<equals])] = String(line[line.index(after: equals)...])
        }
        return settings
    }

    private static func name(ofFlag flag: String) -> String {
        String(flag.drop { $0 == "-" }.prefix { $0 != "=" })
    }
}
