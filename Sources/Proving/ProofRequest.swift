/// What the child process is asked to try, as its arguments carry it.
struct ProofRequest: Sendable, Hashable {
    let starter: Starter
    let mode: ProofMode

    init(starter: Starter, mode: ProofMode) {
        self.starter = starter
        self.mode = mode
    }

    /// Reads the arguments back; nil where they are not such.
    init?(arguments: [String]) {
        guard arguments.count >= 2 else { return nil }
        starter = arguments[0] == "-" ? .kernel : .emulator(arguments[0])
        mode = arguments[1] == "run" ? .run(Array(arguments[2...])) : .start
    }

    /// The emulator or a dash, the mode, and the program's own arguments.
    var arguments: [String] {
        let first =
            switch starter {
            case .kernel: "-"
            case .emulator(let path): path
            }
        return switch mode {
        case .start: [first, "start"]
        case .run(let words): [first, "run"] + words
        }
    }
}
