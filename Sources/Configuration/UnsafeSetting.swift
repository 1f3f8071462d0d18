/// A flag or variable that a configuration must not set, because it could run a program or write anywhere.
///
/// A configuration is found in the tree that is checked, and whoever can propose a change to the tree can change it. On the
/// command line and in the environment, everything that the go command knows is allowed or handled by `GoToolchain`.
public enum UnsafeSetting: Sendable, Hashable, CustomStringConvertible {
    /// A flag of `go build`.
    case buildFlag(String)
    /// A flag of the compiler, assembler or linker.
    case toolFlag(String)
    /// A word that is not a flag.
    case notAFlag(String)
    /// An environment variable.
    case variable(String)
    /// A value of an environment variable.
    case value(String, of: String, allowed: String)

    /// What is refused, and what to do.
    public var description: String {
        switch self {
        case .buildFlag(let flag):
            "the flag '\(flag)' is not allowed in a configuration; allowed are "
                + UnsafeSetting.buildFlags.sorted().map { "-\($0)" }.joined(separator: ", ") + UnsafeSetting.remedy
        case .toolFlag(let flag):
            "'\(flag)' is not allowed in a configuration, because it could run a program, or read or write any file"
                + UnsafeSetting.remedy
        case .notAFlag(let word): "'\(word)' is not a flag"
        case .variable(let name):
            "the variable \(name) is not allowed in a configuration; allowed are "
                + UnsafeSetting.variables.sorted().joined(separator: ", ") + "; set it in the environment instead"
        case .value(let value, let name, let allowed):
            "\(name)=\(value) is not allowed in a configuration, because go could then run a program from there; "
                + "allowed is \(allowed); set it in the environment instead"
        }
    }

    private static let remedy = "; pass it on the command line instead, after --"

    /// Flags of `go build` that run no program and write nothing but the build's output.
    private static let buildFlags: Set<String> = [
        "a", "asmflags", "buildvcs", "gcflags", "installsuffix", "ldflags", "mod", "modcacherw", "p", "tags",
        "trimpath", "v", "work", "x",
    ]
    private static let switches: Set<String> = ["a", "buildvcs", "modcacherw", "trimpath", "v", "work", "x"]
    private static let toolFlagLists: Set<String> = ["asmflags", "gcflags", "ldflags"]

    /// Flags of `go tool link`, `compile` and `asm` that run a program or write a file, or put one that they name into the program:
    /// their `-help`, Go 1.19 to 1.27. `-env` sets variables such as GOSSADIR, which name files.
    private static let toolFlags: Set<String> = [
        "extld", "extldflags", "extar", "linkmode", "o", "asmhdr", "bench", "benchmarkprofile", "blockprofile",
        "capturehostobjs", "coveragecfg", "cpuprofile", "embedcfg", "env", "fipso", "importcfg", "json", "linkobj",
        "memprofile", "mutexprofile", "pgoprofile", "symabis", "tmpdir", "traceprofile",
    ]
    /// The compiler's debugging settings that change the program or what is printed. Others write files, such as
    /// `dumpinlfuncprops=FILE` (`go tool compile -d help`).
    private static let debugSettings: Set<String> = ["checkptr", "loopvar", "nil", "panic", "softfloat"]

    /// Variables for go that run no program and write nothing.
    private static let variables: Set<String> = [
        "GOEXPERIMENT", "GOFIPS140", "GODEBUG", "GOPROXY", "GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOSUMDB", "GOWORK",
        "GO111MODULE",
    ]

    /// What is unsafe about the flags of a build; nil if nothing is.
    static func of(flags: [String]) -> (index: Int, setting: UnsafeSetting)? {
        var index = 0
        while index < flags.count {
            let flag = flags[index]
            guard flag.hasPrefix("-") else { return (index, .notAFlag(flag)) }
            let name = UnsafeSetting.name(of: flag)
            guard buildFlags.contains(name) else { return (index, .buildFlag(flag)) }
            var value = flag.firstIndex(of: "=").map { String(flag[flag.index(after: $0)...]) }
            if value == nil, !switches.contains(name) {
                index += 1
                value = flags.indices.contains(index) ? flags[index] : nil
            }
            if toolFlagLists.contains(name), let value, let found = of(toolFlags: value, ofLinker: name == "ldflags") {
                return (index, found)
            }
            index += 1
        }
        return nil
    }

    /// What is unsafe about the flags for a tool; nil if nothing is.
    ///
    /// go splits them at white space and lets quotes hold several words together. Here quotes divide words too, so that no
    /// way to read the text yields a flag that is not seen here. `@file` means the flags in a file.
    static func of(toolFlags text: String, ofLinker isLinker: Bool) -> UnsafeSetting? {
        let words = text.split { $0.isWhitespace || $0 == "'" || $0 == "\"" }.map(String.init)
        for (index, word) in words.enumerated() {
            // The first word may begin with a pattern of packages: all=-s.
            let isPattern = index == 0 && !word.hasPrefix("-")
            let afterPattern = isPattern ? word.firstIndex(of: "=").map { String(word[word.index(after: $0)...]) } : nil
            let flag = afterPattern ?? word
            if flag.hasPrefix("@") { return .toolFlag(flag) }
            guard flag.hasPrefix("-") else { continue }
            let name = name(of: flag)
            // For the linker, -d is another flag.
            if toolFlags.contains(name) || !isLinker && name == "d" && !isHarmless(debugFlag: flag) {
                return .toolFlag(flag)
            }
        }
        return nil
    }

    /// Whether a flag of the form `-d=panic,checkptr=0` holds nothing but settings that are known. One whose value is the next word
    /// is not read.
    private static func isHarmless(debugFlag flag: String) -> Bool {
        let settings = flag.drop { $0 != "=" }.dropFirst().split(separator: ",", omittingEmptySubsequences: false)
        return !settings.isEmpty && settings.allSatisfy { debugSettings.contains(String($0.prefix { $0 != "=" })) }
    }

    /// What is unsafe about an environment variable; nil if nothing is.
    static func of(variable name: String, value: String) -> UnsafeSetting? {
        guard variables.contains(name) else { return .variable(name) }
        switch name {
        // With a proxy in a folder, go runs a toolchain from there without asking the checksum database: useSumDB in
        // https://github.com/golang/go/blob/master/src/cmd/go/internal/modfetch/sumdb.go
        case "GOPROXY" where value.lowercased().contains("file:"):
            return .value(value, of: name, allowed: "a URL with https, direct or off")
        // Another database vouches for other toolchains.
        case "GOSUMDB" where !["off", "sum.golang.org", "sum.golang.google.cn"].contains(value):
            return .value(value, of: name, allowed: "off, sum.golang.org or sum.golang.google.cn")
        // go writes the checksums of a workspace beside its file.
        case "GOWORK" where !["off", "auto"].contains(value):
            return .value(value, of: name, allowed: "off or auto")
        default: return nil
        }
    }

    /// The name of a flag as package flag of Go reads it: one dash or two, up to `=`.
    private static func name(of flag: String) -> String {
        String(flag.dropFirst(flag.hasPrefix("--") ? 2 : 1).prefix { $0 != "=" })
    }
}
