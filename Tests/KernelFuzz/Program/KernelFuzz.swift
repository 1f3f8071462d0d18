import ArgumentParser
import Foundation

/// Compares verdicts with what the kernel does, on damaged programs.
@main struct KernelFuzz: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kernel-fuzz",
        abstract: "Compare verdicts with what the kernel does, on damaged programs.",
        discussion: """
            Makes mutants of small static programs, runs each alone in an empty root, and asks the standard policy about it. \
            The tables are Markdown. The exit code is 1 if the kernel (not an emulator) does not bring a ready file to its \
            second instruction, and 2 if nothing could be run.
            """)

    @Option(help: "The architecture: amd64, 386, or with qemu-user arm64, arm, riscv64.") var arch = "amd64"
    @Option(help: "Where the random numbers begin.") var seed: UInt64 = 1
    @Option(help: "How many mutants.") var count = 100_000
    @Option(help: "Show one mutant again: SEED:NUMBER.") var replay: Replay?
    @Option(help: "Where to write the recipes of disagreements, or with --replay the mutant.") var output: String?
    @Option(help: "The folder of the samples.") var samples = "TestBinaries/out"

    func run() throws {
        guard let target = Target(architecture: arch) else { throw ValidationError("unknown architecture '\(arch)'") }
        do {
            // The room is opened first: its process shares no later state with this one.
            var room = try Room(emulator: target.emulator)
            let mutator = try target.mutator(
                seed: replay?.seed ?? seed, samplesIn: URL(filePath: samples), room: &room)
            if let replay {
                try show(mutator.mutant(replay.number), target, &room)
            } else {
                try compare(mutator, target, &room)
            }
        } catch let error where !(error is ExitCode) {
            FileHandle.standardError.write(Data("kernel-fuzz: \(error)\n".utf8))
            throw ExitCode(2)
        }
    }

    private func compare(_ mutator: Mutator, _ target: Target, _ room: inout Room) throws {
        var summary = Summary()
        var recipes = ""
        for number in 0..<count {
            let mutant = mutator.mutant(number)
            let bytes = mutant.bytes
            let opinion = Opinion(of: bytes, for: target.platform)
            let outcome = try room.outcome(of: bytes)
            summary.add(mutant, opinion, outcome)
            if output != nil, opinion.isReady != (outcome == .completed) {
                let verdict = opinion.isReady ? "ready" : opinion.reasons.map(\.rule).joined(separator: ",")
                recipes += "\(seed):\(number)\t\(verdict)\t\(outcome)\t\(mutant.kind)\t\(mutant.recipe)\n"
            }
        }
        if let output { try Data(recipes.utf8).write(to: URL(filePath: output)) }
        print(summary.markdown(title: "\(target.platform): \(count) mutants, seed \(seed)"))
        if target.emulator == nil && summary.earlyFailures > 0 { throw ExitCode(1) }
    }

    private func show(_ mutant: Mutant, _ target: Target, _ room: inout Room) throws {
        let bytes = mutant.bytes
        let opinion = Opinion(of: bytes, for: target.platform)
        print("\(mutant.recipe)\n\(mutant.kind)")
        print(opinion.isReady ? "ready" : "refused: \(opinion.reasons.map { "\($0.rule): \($0.message)" })")
        print(try room.outcome(of: bytes))
        guard let output else { return }
        try Data(bytes).write(to: URL(filePath: output))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: output)
    }
}

/// A mutant by its seed and its number.
struct Replay: ExpressibleByArgument {
    let seed: UInt64
    let number: Int

    init?(argument: String) {
        let parts = argument.split(separator: ":")
        guard parts.count == 2, let seed = UInt64(parts[0]), let number = Int(parts[1]) else { return nil }
        self.seed = seed
        self.number = number
    }
}
