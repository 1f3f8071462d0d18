import Foundation
import GoBinary

/// A platform for which mutants are run here, and the programs that they are made of.
struct Target {
    let platform: Platform
    /// The emulator that runs them; nil if the kernel of this machine does.
    let emulator: URL?
    private let samples: [(name: String, weight: Int)]

    /// Small programs are tried more often than large ones, whose mutants take longer and do not show more.
    init?(architecture: String) {
        let foreign = [
            "arm64": ("aarch64", "kernel-fuzz/arm64-musl"), "arm": ("arm", "kernel-fuzz/arm-musl"),
            "riscv64": ("riscv64", "kernel-fuzz/riscv64-musl"),
        ]
        platform = Platform(goos: "linux", goarch: architecture)
        switch architecture {
        case "amd64":
            emulator = nil
            samples = [
                ("kernel-fuzz/amd64-bare", 25), ("kernel-fuzz/amd64-bare-pie", 20),
                ("kernel-fuzz/amd64-bare-joined", 15),
                ("musl-static", 15), ("musl-static-pie", 15), ("c-static-pie", 5), ("go-linux-amd64", 5),
            ]
        case "386":
            emulator = nil
            samples = [
                ("kernel-fuzz/386-bare", 40), ("kernel-fuzz/386-bare-joined", 30), ("kernel-fuzz/386-musl", 25),
                ("go-linux-386", 5),
            ]
        default:
            guard let (processor, sample) = foreign[architecture] else { return nil }
            emulator = URL(filePath: "/usr/bin/qemu-\(processor)-static")
            samples = [("kernel-fuzz/\(architecture)-bare", 60), (sample, 37), ("go-linux-\(architecture)", 3)]
        }
    }

    /// Reads the programs that were built, and checks that each is ready and does its work as it is.
    func mutator(seed: UInt64, samplesIn folder: URL, room: inout Room) throws -> Mutator {
        let present = samples.filter { FileManager.default.fileExists(atPath: folder.appending(path: $0.name).path) }
        guard !present.isEmpty else { throw TargetError.noSamples(folder: folder.path) }
        let programs = try present.map { (try SampleProgram($0.name, below: folder), $0.weight) }
        for (program, _) in programs {
            let outcome = try room.outcome(of: program.bytes)
            guard outcome == .completed else { throw TargetError.unusable(program.name, "\(outcome)") }
            let opinion = Opinion(of: program.bytes, for: platform)
            guard opinion.isReady else { throw TargetError.unusable(program.name, "refused: \(opinion.reasons)") }
        }
        return Mutator(programs: programs, seed: seed)
    }
}

/// Why there is nothing to make mutants of.
enum TargetError: Error, CustomStringConvertible {
    case noSamples(folder: String)
    case unusable(String, String)

    var description: String {
        switch self {
        case .noSamples(let folder): "no sample found in \(folder): run 'make samples'"
        case .unusable(let name, let reason): "the sample \(name), unchanged: \(reason)"
        }
    }
}
