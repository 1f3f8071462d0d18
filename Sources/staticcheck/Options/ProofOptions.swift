import ArgumentParser
import Proving

/// `--prove`, and the arguments that `--prove=run` takes.
struct ProofOptions: ParsableArguments {
    enum Depth: String, NamedChoice {
        case start, run
    }

    @Option(
        help: ArgumentHelp(
            "Try each file, alone in an empty root of its own: --prove lets the kernel load it and runs nothing;"
                + " --prove=run -- ARGS runs it, for \(Prover.secondsToRun) s at most.",
            discussion:
                "Needs root, or a kernel that permits user namespaces; files for other machines need qemu-user-static.",
            valueName: "start|run"))
    var prove: Depth?

    /// How files are tried; nil tries none.
    ///
    /// - Parameter arguments: Arguments for the programs.
    func resolve(arguments: [String]) throws -> ProofMode? {
        guard prove == .run || arguments.isEmpty else {
            throw ValidationError("arguments after -- are for --prove=run")
        }
        switch prove {
        case nil: return nil
        case .start: return .start
        case .run: return .run(arguments)
        }
    }

    /// Divides the words after `--` between go and the programs. Without `--prove=run` all are for go. With it, the words
    /// after the last further `--` are for the programs; without a further `--`, all are.
    func divide(_ words: [String]) -> (toGo: [String], toProgram: [String]) {
        guard prove == .run else { return (words, []) }
        guard let divider = words.lastIndex(of: "--") else { return ([], words) }
        return (Array(words[..<divider]), Array(words[(divider + 1)...]))
    }

    /// Writes `--prove` alone out as `--prove=start`: the parser would take the next word for its value.
    static func spelledOut(_ arguments: [String]) -> [String] {
        let own = arguments.prefix { $0 != "--" }
        return own.map { $0 == "--prove" ? "--prove=start" : $0 } + arguments.dropFirst(own.count)
    }
}
