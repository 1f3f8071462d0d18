import ArgumentParser
import ProcessStart
import Proving

/// `--prove`, and the arguments that `--prove=run` takes.
struct ProofOptions: ParsableArguments {
    enum Depth: String, NamedChoice {
        case start, run
    }

    @Option(
        help: ArgumentHelp(
            "Try each file, alone in an empty root of its own: --prove lets the kernel load it and runs nothing;"
                + " --prove=run -- ARGS runs it.",
            discussion: "Needs root, or a kernel that permits user namespaces; for other machines, qemu-user-static.",
            valueName: "start|run"))
    var prove: Depth?

    /// What tries the files; nil where that was not asked for.
    ///
    /// - Parameter arguments: Those for the programs.
    func prover(arguments: [String]) throws -> Prover? {
        guard prove == .run || arguments.isEmpty else {
            throw ValidationError("arguments behind -- are for --prove=run")
        }
        return prove.map { depth in
            Prover(mode: depth == .run ? .run(arguments) : .start, searchPath: ProcessStart.variable("PATH") ?? "")
        }
    }

    /// The parser knows no option with an optional value: `--prove` alone is written out for it.
    static func spelledOut(_ arguments: [String]) -> [String] {
        let own = arguments.prefix { $0 != "--" }
        return own.map { $0 == "--prove" ? "--prove=start" : $0 } + arguments.dropFirst(own.count)
    }
}
