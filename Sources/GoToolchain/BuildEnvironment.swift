import GoBinary

/// The environment in which go runs. Variables that would change the result are pinned, and a notice names each of them.
public struct BuildEnvironment: Sendable, Hashable {
    /// The variables to pass on, without those that a platform sets.
    public let variables: [String: String]
    /// A sentence for each variable or flag that was overridden, or kept although it changes the result.
    public let notices: [String]

    /// Flags in GOFLAGS that would make another kind of file, run other programs instead of the compiler, or write elsewhere.
    private static let refusedFlags: Set<String> = [
        "buildmode", "race", "msan", "asan", "cover", "linkshared", "toolexec", "compiler", "o", "n", "pkgdir", "C",
    ]
    /// Variables that the platform decides, with those of the CPU variants as `GoBinary` lists them.
    private static let overridden = Platform.variantVariables.union(["GOOS", "GOARCH", "GO_EXTLINK_ENABLED"])
    /// Variables that change the result, but are the user's choice.
    private static let named: Set<String> = ["GOEXPERIMENT", "GO111MODULE", "GOFIPS140", "GOWORK"]

    /// Pins an environment.
    ///
    /// - Parameters:
    ///   - inherited: The environment of the process.
    ///   - settings: The settings stored by `go env -w`, in the file that GOENV names. The process's environment wins.
    public init(inherited: [String: String], settings: [String: String]) {
        var variables = inherited.merging(settings) { own, _ in own }
        var notices: [String] = []
        variables["GOTMPDIR"] = nil
        for name in BuildEnvironment.overridden.sorted() {
            guard let value = variables.removeValue(forKey: name), !value.isEmpty else { continue }
            notices.append("\(name)=\(value) from the environment is ignored: --platform decides")
        }
        if let value = variables["CGO_ENABLED"], value != "0" {
            notices.append("CGO_ENABLED=\(value) from the environment is ignored: CGO_ENABLED=0 is used")
        }
        for name in BuildEnvironment.named.sorted() {
            guard let value = variables[name], !value.isEmpty else { continue }
            notices.append("\(name)=\(value) from the environment is in force")
        }
        let flags = BuildEnvironment.flags(variables["GOFLAGS"])
        let kept = flags.filter { !BuildEnvironment.refusedFlags.contains(BuildEnvironment.name(ofFlag: $0)) }
        for flag in flags where !kept.contains(flag) {
            notices.append("\(flag) in GOFLAGS is ignored: it would change what is built")
        }
        if !kept.isEmpty { notices.append("GOFLAGS in force: \(kept.joined(separator: " "))") }
        variables["GOFLAGS"] = kept.joined(separator: " ")
        variables["CGO_ENABLED"] = "0"
        // The stored settings are merged above. If go read them again, they would replace what was removed here.
        variables["GOENV"] = "off"
        self.variables = variables
        self.notices = notices
    }

    private init(variables: [String: String], notices: [String]) {
        self.variables = variables
        self.notices = notices
    }

    /// The flags in GOFLAGS that are in force.
    var goFlags: [String] { BuildEnvironment.flags(variables["GOFLAGS"]) }

    /// The environment with more variables. They replace variables with the same name.
    func adding(_ more: [String: String]) -> BuildEnvironment {
        BuildEnvironment(variables: variables.merging(more) { $1 }, notices: notices)
    }

    /// Reads the file that `go env -w` writes: a line `NAME=value` for each setting.
    public static func settings(fromFile text: String) -> [String: String] {
        var settings: [String: String] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard let equals = line.firstIndex(of: "=") else { continue }
            settings[String(line[..<equals])] = String(line[line.index(after: equals)...])
        }
        return settings
    }

    private static func flags(_ text: String?) -> [String] { (text ?? "").split(separator: " ").map(String.init) }

    private static func name(ofFlag flag: String) -> String {
        String(flag.drop { $0 == "-" }.prefix { $0 != "=" })
    }
}
