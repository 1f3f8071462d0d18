import Attestation
import ELF
import FoundationEssentials
import GoBinary
import Reporting
import SystemPackage

/// Leads files and trees through a gate, as many side by side as there are cores.
struct GateRun: Sendable {
    let gate: Gate
    let required: [Platform]
    /// Where to copy what is let through; nil copies nothing.
    let target: FilePath?

    private enum Outcome: Sendable {
        case result(GateReport.Entry, Platform?, copy: FileCopy?)
        case skipped
        case problem(Report.Problem)
    }

    /// Looks at all files; copies are put into their places once every file is through.
    func report(on paths: [String]) async throws -> GateReport {
        let targets = FileTargets(paths, followsLinks: true)
        var problems = targets.problems
        let outcomes = try await ParallelFiles.map(targets.files) { try await look(at: $0) }
        var entries: [GateReport.Entry] = []
        var copies: [FileCopy] = []
        var platforms: Set<Platform> = []
        var skipped: Set<Int> = []
        for (index, outcome) in outcomes.enumerated() {
            switch outcome {
            case .result(let entry, let platform, let copy):
                entries.append(entry)
                platforms.formUnion([platform].compactMap { $0 })
                copies += [copy].compactMap { $0 }
            case .skipped: skipped.insert(index)
            case .problem(let problem): problems.append(problem)
            }
        }
        problems += targets.emptyTrees(skipped: skipped).map {
            .init(path: $0, message: "holds no ELF file, so nothing was let through")
        }
        let missing = required.filter { !platforms.contains($0) }.map(\.description)
        let report = GateReport(
            tool: .init(version: Product.version, go: nil), policy: gate.policy, binaries: entries,
            missingPlatforms: missing, problems: problems)
        do {
            if report.exitCode == 0 { try copies.forEach { try $0.commit() } }
        } catch {
            copies.forEach { $0.discard() }
            throw error
        }
        if report.exitCode != 0 { copies.forEach { $0.discard() } }
        return report
    }

    private func look(at file: FileTargets.File) async throws -> Outcome {
        do {
            let content = try FileSnapshot.read(file.path, onlyELF: !file.isNamed)
            guard case .file(let snapshot) = content else { return .skipped }
            let path = FilePath(file.path)
            do {
                let binary = try gate.admit(snapshot.bytes, permissions: snapshot.permissions, at: path)
                let copy = try target.map { try FileCopy(of: binary, to: $0.pushing(FilePath(file.relative))) }
                return .result(.init(path: file.path, admitted: binary), binary.platform, copy: copy)
            } catch let refusal as GateRefusal {
                return .result(.init(path: file.path, refused: refusal), nil, copy: nil)
            }
        } catch let error as FileError {
            return .problem(.init(path: error.path, message: error.reason))
        }
    }
}

/// Verified bytes beside the place that they are for.
struct FileCopy: Sendable {
    private let temporary: FilePath
    private let place: FilePath

    /// Writes the bytes, under another name for now.
    init(of binary: StampedBinary, to place: FilePath) throws {
        try Folder.create(place.removingLastComponent())
        let suffix = String(UInt64.random(in: .min ... .max), radix: 36)
        temporary = place.removingLastComponent().appending(".\(place.lastComponent?.string ?? "").\(suffix).gate")
        self.place = place
        try AtomicFile.write(binary.bytes, to: temporary, permissions: binary.permissions & 0o777)
    }

    /// Gives the file its name.
    func commit() throws {
        do { try rename(temporary, place) } catch {
            throw OutputError(path: place, action: "write", reason: "\(error)")
        }
    }

    func discard() { try? remove(temporary) }
}
