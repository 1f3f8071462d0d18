/// Runs a script in thought: follows its variables, and says what each command is.
struct ShellRun {
    /// A command with its variables filled in.
    struct Executed {
        /// The name and the arguments. An unknown piece is `ShellWord.unknownMark`.
        let words: [String]
        /// The variables that are set for this command alone.
        let own: [String: ShellState.Setting]

        /// The last component of the command's path.
        var name: String { words.first.map { String($0.split(separator: "/").last ?? "") } ?? "" }

        /// What the go command sees of a variable.
        func forGo(_ name: String, in state: ShellState) -> ShellState.Setting? { own[name] ?? state.forGo(name) }
    }

    private(set) var state: ShellState
    /// How deep `sh -c` may be nested.
    private static let deepest = 4
    /// The longest command whose words are filled in.
    private static let longest = 1 << 16

    init(_ state: ShellState) { self.state = state }

    typealias Visitor = (Executed, ShellState) -> Void

    mutating func run(_ script: ShellScript, visit: Visitor) { run(script, depth: 0, visit: visit) }

    private mutating func run(_ script: ShellScript, depth: Int, visit: Visitor) {
        var readsScript = false
        for item in script.items {
            switch item {
            case .command(let command): readsScript = run(command, depth: depth, visit: visit)
            case .document(let text):
                if readsScript { runInside(text, depth: depth, visit: visit) }
                readsScript = false
            case .open(let scope): state.open(scope)
            case .otherwise: state.otherwise()
            case .close(let scope): state.close(scope)
            }
        }
    }

    /// Runs a script in a separate shell.
    private mutating func runInside(_ text: String, depth: Int, visit: Visitor) {
        guard depth < ShellRun.deepest else { return }
        state.open(.subshell)
        run(ShellScript(text), depth: depth + 1, visit: visit)
        state.close(.subshell)
    }

    /// - Returns: Whether the command is a shell that reads its script from a here-document.
    private mutating func run(_ command: ShellScript.Command, depth: Int, visit: Visitor) -> Bool {
        if command.isConditional { state.open(.conditional) }
        defer { if command.isConditional { state.close(.conditional) } }
        var rest = command.words[...]
        var own: [String: ShellState.Setting] = [:]
        takeAssignments(from: &rest, into: &own)
        guard !rest.isEmpty else {
            for (name, setting) in own { state.set(name, setting.value, isLiteral: setting.isLiteral) }
            return false
        }
        takeWrappers(from: &rest, into: &own)
        guard let first = rest.first else { return false }
        if let name = first.plain, runBuiltin(name, rest.dropFirst()) { return false }
        let executed = Executed(words: fields(of: rest), own: own)
        if executed.name.isShell { return runShell(executed, depth: depth, visit: visit) }
        if executed.name == "go", executed.words.dropFirst().first == "env" {
            storeGoSettings(executed.words.dropFirst(2))
        }
        visit(executed, state)
        return false
    }

    private func takeAssignments(
        from rest: inout ArraySlice<ShellWord>, into own: inout [String: ShellState.Setting]
    ) {
        while let (name, value) = rest.first?.assignment {
            own[name] = .init(
                value: value.value { own[$0]?.value ?? state.value(of: $0) }, isLiteral: value.isLiteral)
            rest.removeFirst()
        }
    }

    /// Takes commands that only run another one.
    private func takeWrappers(from rest: inout ArraySlice<ShellWord>, into own: inout [String: ShellState.Setting]) {
        while let name = rest.first?.plain?.split(separator: "/").last {
            switch name {
            case "env":
                rest.removeFirst()
                while let option = rest.first?.plain, option.hasPrefix("-") {
                    rest.removeFirst()
                    guard option == "-u", let unset = rest.popFirst()?.plain else { continue }
                    own[unset] = .init(value: .unset, isLiteral: true)
                }
                takeAssignments(from: &rest, into: &own)
            case "exec", "time", "command", "nohup", "sudo", "nice":
                rest.removeFirst()
                takeAssignments(from: &rest, into: &own)
            default: return
            }
        }
    }

    /// Runs a command that changes the shell itself.
    private mutating func runBuiltin(_ name: String, _ arguments: ArraySlice<ShellWord>) -> Bool {
        switch name {
        case "export", "declare", "typeset", "local", "readonly":
            let isExported = name == "export" || arguments.contains { $0.plain == "-x" }
            for word in arguments {
                if let (name, value) = word.assignment {
                    let filled = value.value(from: state.value)
                    state.set(name, filled, isLiteral: value.isLiteral, isExported: isExported)
                } else if isExported, let name = word.plain {
                    state.export(name)
                }
            }
        case "unset": for name in arguments.compactMap(\.plain) { state.unset(name) }
        case "set":
            let options = arguments.compactMap(\.plain)
            state.exportsAll =
                state.exportsAll || options.contains { $0 == "allexport" || $0.hasPrefix("-") && $0.contains("a") }
        case "cd":
            let target = arguments.first.map { $0.value(from: state.value).text }
            state.enter(target ?? nil)
        case "read", "for":
            for name in arguments.compactMap(\.plain).prefix(name == "for" ? 1 : .max) {
                state.set(name, .unknown, isLiteral: false)
            }
        default: return false
        }
        return true
    }

    /// Runs `sh -c SCRIPT`.
    ///
    /// - Returns: Whether the shell reads its script from its input.
    private mutating func runShell(_ shell: Executed, depth: Int, visit: Visitor) -> Bool {
        var rest = shell.words.dropFirst()
        var readsCommand = false
        while let option = rest.first, option.hasPrefix("-") || option.hasPrefix("+") {
            readsCommand = readsCommand || !option.hasPrefix("--") && option.contains("c")
            rest.removeFirst()
            if option == "-o" || option == "-O" { rest = rest.dropFirst() }
        }
        guard readsCommand, let script = rest.first else { return rest.isEmpty }
        state.open(.subshell)
        for (name, setting) in shell.own {
            state.set(name, setting.value, isLiteral: setting.isLiteral, isExported: true)
        }
        runInside(script, depth: depth, visit: visit)
        state.close(.subshell)
        return false
    }

    private mutating func storeGoSettings(_ arguments: ArraySlice<String>) {
        guard let option = arguments.first, option == "-w" || option == "-u" else { return }
        for argument in arguments.dropFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard option == "-w", parts.count == 2 else {
                state.goSettings[parts[0]] = nil
                continue
            }
            let isUnknown = parts[1].contains(ShellWord.unknownMark)
            state.goSettings[parts[0]] = .init(value: isUnknown ? .unknown : .known(parts[1]), isLiteral: true)
        }
    }

    /// The words of a command with their variables filled in, up to a length.
    private func fields(of words: ArraySlice<ShellWord>) -> [String] {
        var fields: [String] = []
        var length = 0
        for word in words {
            guard length < ShellRun.longest else { return fields + [ShellWord.unknownMark] }
            let more = word.fields(from: state.value)
            length += more.reduce(0) { $0 + $1.utf8.count }
            fields += more
        }
        return fields
    }
}
