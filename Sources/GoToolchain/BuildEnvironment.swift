import GoBinary

/// The environment in which go runs. Variables that would change the result are pinned, and a notice names each of them.
public struct BuildEnvironment: Sendable, Hashable {
    /// The variables to pass on, without those that a platform sets.
    public let variables: [String: String]
    /// A sentence for each variable or flag that was overridden, or kept although it changes the result.
    public let notices: [String]
    /// The flags in GOFLAGS that are in force.
    let goFlags: [String]

    /// Pins an environment.
    ///
    /// - Parameters:
    ///   - inherited: The environment of the process.
    ///   - settings: The settings stored by `go env -w`, in the file that GOENV names. The process's environment wins.
    /// - Throws: `BuildError.ambiguousGoFlags` if versions of Go would read GOFLAGS differently.
    public init(inherited: [String: String], settings: [String: String]) throws(BuildError) {
        // go takes an empty variable for one that is not set, and then reads the stored one.
        var variables = inherited.merging(settings) { own, stored in own.isEmpty ? stored : own }
        var notices: [String] = []
        variables["GOTMPDIR"] = nil
        if let value = variables.removeValue(forKey: GoVariable.cacheProgram), let name = CacheProgram.name(in: value) {
            notices.append("GOCACHEPROG=\(name) from the environment is ignored: --cache names the cache program")
        }
        let overridden = Platform.variantVariables.union(["GOOS", "GOARCH"]).union(GoVariable.names(.dropped))
        for name in overridden.sorted() {
            guard let value = variables.removeValue(forKey: name), !value.isEmpty else { continue }
            notices.append("\(name)=\(value) from the environment is ignored: --platform decides")
        }
        if let value = variables["CGO_ENABLED"], value != "0" {
            notices.append("CGO_ENABLED=\(value) from the environment is ignored: CGO_ENABLED=0 is used")
        }
        for name in GoVariable.names(.named).sorted() {
            guard let value = variables[name], !value.isEmpty else { continue }
            notices.append("\(name)=\(value) from the environment is in force")
        }
        let flags = try GoFlags(variables["GOFLAGS"] ?? "")
        notices += flags.refused.map { "\($0) in GOFLAGS is ignored: it would change what is built" }
        notices += flags.decided.map { "\($0) in GOFLAGS is ignored: --no-trimpath decides" }
        if !flags.kept.isEmpty { notices.append("GOFLAGS in force: \(flags.text)") }
        variables["GOFLAGS"] = flags.text
        variables["CGO_ENABLED"] = "0"
        // The stored settings are merged above. If go read them again, they would replace what was removed here.
        variables["GOENV"] = "off"
        self.variables = variables
        self.notices = notices
        goFlags = flags.kept
    }

    private init(variables: [String: String], notices: [String], goFlags: [String]) {
        self.variables = variables
        self.notices = notices
        self.goFlags = goFlags
    }

    /// The environment with more variables, which replace variables with the same name.
    func adding(_ more: [String: String]) -> BuildEnvironment {
        BuildEnvironment(variables: variables.merging(more) { $1 }, notices: notices, goFlags: goFlags)
    }

    /// The environment with the notices of a build with cgo.
    ///
    /// - Parameter isChoosing: Whether the C compiler is chosen, whatever CC says.
    func withNoticesOfC(isChoosing: Bool) -> BuildEnvironment {
        var notices = notices.filter { !$0.hasPrefix("CGO_ENABLED=") }
        if isChoosing {
            for name in ["CC", "CXX"] {
                guard let value = variables[name], !value.isEmpty else { continue }
                notices.append("\(name)=\(value) from the environment is ignored: --cgo zig decides")
            }
        }
        for name in GoVariable.ofC {
            guard let value = variables[name], !value.isEmpty else { continue }
            notices.append("\(name)=\(value) from the environment is in force")
        }
        return BuildEnvironment(variables: variables, notices: notices, goFlags: goFlags)
    }

    /// Reads the file that `go env -w` writes: a line `NAME=value` for each setting.
    ///
    /// As in go, the name must begin with a capital letter, and the last of several lines with one name wins. Everything after
    /// the equals sign is the value, white space too.
    public static func settings(fromFile text: String) -> [String: String] {
        var settings: [String: String] = [:]
        for line in text.unicodeScalars.split(separator: "\n") {
            guard let equals = line.firstIndex(of: "="), let first = line.first, ("A"..."Z").contains(first) else {
                continue
            }
            settings[String(line[..<equals])] = String(line[line.index(after: equals)...])
        }
        return settings
    }
}
