/// A `go build` or `go install` in a RUN.
package struct GoBuild: Sendable {
    package let stage: Int
    package let instruction: Dockerfile.Instruction
    /// CGO_ENABLED, GOOS and GOARCH as the go command sees them; nil if nothing sets them.
    package let cgo, system, architecture: ShellState.Setting?
    /// Whether the linker is told to link statically; nil if unknown flags may tell it.
    package let isStatic: Bool?
    /// Whether it is `xx-go`, which sets GOOS and GOARCH.
    package let isCrossCompiler: Bool
    /// The file that -o names, as an absolute path; nil if it is missing or not known.
    package let output: String?
    /// The variables that the command and its script set, besides ENV and ARG.
    package let names: [String]

    /// Whether the program is for Linux, as far as it is known.
    package var isForLinux: Bool {
        guard let text = system?.value.text else { return true }
        return text == "linux" || text.isEmpty
    }

    /// Reads a command; nil for any other one, and for the installation of another module's program.
    init?(_ command: ShellRun.Executed, _ state: ShellState, stage: Int, instruction: Dockerfile.Instruction) {
        let name = command.name
        guard name == "go" || name == "xx-go" || name.hasPrefix("go1.") else { return nil }
        var words = command.words.dropFirst()
        if words.first == "-C" { words = words.dropFirst(2) }
        guard let verb = words.popFirst(), verb == "build" || verb == "install" else { return nil }
        let arguments = GoArguments(words)
        if verb == "install", arguments.packages.contains(where: { $0.contains("@") }) { return nil }
        self.stage = stage
        self.instruction = instruction
        cgo = command.forGo("CGO_ENABLED", in: state)
        system = command.forGo("GOOS", in: state)
        architecture = command.forGo("GOARCH", in: state)
        isCrossCompiler = name == "xx-go"
        let stored = command.forGo("GOFLAGS", in: state)?.value ?? .unset
        let linking = command.forGo("CGO_LDFLAGS", in: state)?.value ?? .unset
        isStatic = GoBuild.isStatic(arguments, flags: stored, linking: linking)
        output = arguments.value(of: "o").flatMap { text in
            guard !text.contains(ShellWord.unknownMark), text.hasPrefix("/") || state.folder != nil else { return nil }
            return text.hasSuffix("/") ? nil : text.path(in: state.folder ?? "/")
        }
        names = state.ownNames + command.own.keys
    }

    private static func isStatic(_ arguments: GoArguments, flags: Value, linking: Value) -> Bool? {
        if case .known(let text) = linking, text.hasStaticFlag { return true }
        var linkerFlags = [arguments.value(of: "ldflags")].compactMap { $0 }
        if case .known(let text) = flags {
            linkerFlags += GoArguments(text.goFields[...]).value(of: "ldflags").map { [$0] } ?? []
        }
        if linkerFlags.contains(where: GoBuild.linksStatically) { return true }
        let isUnknown =
            linking == .unknown || flags == .unknown || arguments.hasUnknownFlags
            || linkerFlags.contains(where: { $0.goFields.contains { $0.isOnlyUnknown } })
        return isUnknown ? nil : false
    }

    /// Whether -ldflags passes -static to the C linker.
    private static func linksStatically(_ flags: String) -> Bool {
        let words = flags.goFields
        return words.indices.contains { index in
            let word = words[index].drop { $0 == "-" }
            if word == "extldflags", index + 1 < words.count { return words[index + 1].hasStaticFlag }
            return word.hasPrefix("extldflags=") && String(word.dropFirst(11)).hasStaticFlag
        }
    }
}

/// The arguments of `go build`.
struct GoArguments {
    private var values: [String: String] = [:]
    private(set) var packages: [String] = []
    /// Whether a word that may be a flag is unknown.
    private(set) var hasUnknownFlags = false

    /// The flags that are followed by their value.
    private static let withValue: Set = [
        "C", "asmflags", "buildmode", "compiler", "covermode", "coverpkg", "gccgoflags", "gcflags", "installsuffix",
        "ldflags",
        "mod", "modfile", "o", "overlay", "p", "pgo", "pkgdir", "tags", "toolexec",
    ]

    init(_ words: ArraySlice<String>) {
        var rest = words
        while let word = rest.popFirst() {
            guard word.hasPrefix("-"), packages.isEmpty else {
                // The last word is the package, whatever it is.
                if word.isOnlyUnknown, packages.isEmpty, !rest.isEmpty {
                    hasUnknownFlags = true
                } else {
                    packages.append(word)
                }
                continue
            }
            let flag = word.drop { $0 == "-" }
            let parts = flag.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let name = parts.first else { continue }
            if parts.count == 2 {
                values[name] = parts[1]
            } else if GoArguments.withValue.contains(name), let value = rest.popFirst() {
                values[name] = value
            }
        }
    }

    /// The value of a flag, the last of several.
    func value(of flag: String) -> String? { values[flag] }
}

extension String {
    /// Whether it is nothing but the value of an unknown variable.
    var isOnlyUnknown: Bool { self == ShellWord.unknownMark }

    /// Whether a word is a flag by which C compilers link statically.
    var hasStaticFlag: Bool {
        goFields.contains { ["-static", "--static", "-static-pie"].contains($0) }
            || goFields.contains { $0.contains(" ") && $0 != self && $0.hasStaticFlag }
    }

    /// The fields as the go command splits flags: at blanks, with single or double quotes around a whole field or a part of it.
    ///
    /// Source: cmd/internal/quoted. Quotes inside a field are taken as a C compiler's shell takes them.
    var goFields: [String] {
        var fields: [String] = []
        var current = ""
        var quote: Character?
        for character in self {
            if character == quote {
                quote = nil
            } else if quote == nil, character == "\"" || character == "'" {
                quote = character
            } else if quote == nil, character.isWhitespace {
                if !current.isEmpty { fields.append(current) }
                current = ""
            } else {
                current.append(character)
            }
        }
        return current.isEmpty ? fields : fields + [current]
    }
}
