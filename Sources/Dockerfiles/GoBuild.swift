/// A `go build` or `go install` in a RUN.
package struct GoBuild: Sendable {
    package let stage: Int
    package let instruction: Dockerfile.Instruction
    /// CGO_ENABLED, GOOS and GOARCH as the go command sees them; nil if nothing sets them.
    package let cgo, system, architecture: ShellState.Setting?
    /// What the flags say about the program if cgo is on.
    package let linking: Linking
    /// Whether the program is position-independent (-buildmode=pie).
    package let isPIE: Bool
    /// Whether go throws the result away if the packages are several, because there is no -o.
    package let mayBeDiscarded: Bool
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
        let flags = GoArguments(stored.text?.goFields[...] ?? [])
        self.linking =
            command.forGo("CC", in: state)?.value.text?.isStaticCompiler == true
            ? .always : Linking(arguments, flags, isKnown: stored != .unknown, linking)
        isPIE = (arguments.value(of: "buildmode") ?? flags.value(of: "buildmode")) == "pie"
        mayBeDiscarded =
            verb == "build" && arguments.value(of: "o") == nil && arguments.packages.contains { $0.contains("...") }
        output = arguments.value(of: "o").flatMap { text in
            guard !text.contains(ShellWord.unknownMark), text.hasPrefix("/") || state.folder != nil else { return nil }
            return text.hasSuffix("/") ? nil : text.path(in: state.folder ?? "/")
        }
        names = state.ownNames + command.own.keys
    }
}
