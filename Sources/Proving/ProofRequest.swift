import SystemPackage

/// How far a file must get to prove that it starts.
public enum ProofMode: Sendable, Hashable {
    /// The kernel loads it; none of its instructions run.
    case start
    /// It runs with arguments.
    case run([String])
}

/// What the child process is to try. It travels as the arguments of that process.
struct ProofRequest: Sendable, Hashable {
    let starter: Starter
    let mode: ProofMode

    init(starter: Starter, mode: ProofMode) {
        self.starter = starter
        self.mode = mode
    }

    /// Reads the arguments back; nil if they are not a request.
    init?(arguments: [String]) {
        guard arguments.count >= 2 else { return nil }
        starter = arguments[0] == "-" ? .kernel : .emulator(FilePath(arguments[0]))
        switch arguments[1] {
        case "start" where arguments.count == 2: mode = .start
        case "run": mode = .run(Array(arguments[2...]))
        default: return nil
        }
    }

    /// The emulator or a dash, the mode, and the program's own arguments.
    var arguments: [String] {
        let first =
            switch starter {
            case .kernel: "-"
            case .emulator(let path): path.string
            }
        return switch mode {
        case .start: [first, "start"]
        case .run(let words): [first, "run"] + words
        }
    }
}
