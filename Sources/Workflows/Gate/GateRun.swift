import Attestation
import ELF
import Files
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

    fileprivate enum Outcome: Sendable {
        case result(GateReport.Entry, Platform?, StagedCopies.Copy?)
        case problem(Report.Problem)
    }

    /// Looks at all files; copies are put into their places once every file is through.
    ///
    /// - Parameter images: What became of images, which comes first.
    func report(on paths: [FilePath], with images: ImageGate.Result) async throws -> GateReport {
        let staged = try target.map(StagedCopies.init)
        defer { staged?.discard() }
        var line = LiveLine()
        defer { line.clear() }
        let targets = try await FileTargets(paths, followsLinks: true, line: &line)
        let outcomes = try await ParallelFiles.map(targets.files, line: &line) { try look(at: $0, staged) }
        let report = report(targets, outcomes, images)
        if report.exitCode == 0 { try staged?.commit(outcomes.compactMap(\.copy)) }
        return report
    }

    private func report(_ targets: FileTargets, _ outcomes: [Outcome], _ images: ImageGate.Result) -> GateReport {
        let empty = targets.emptyTrees.map {
            Report.Problem(path: $0.string, message: "holds no ELF file, so nothing was let through")
        }
        let platforms = images.platforms.union(outcomes.compactMap(\.platform))
        return GateReport(
            tool: .init(version: Product.version, go: nil), policy: gate.policy,
            binaries: images.entries + outcomes.compactMap(\.entry),
            missingPlatforms: required.filter { !platforms.contains($0) }.map(\.description),
            problems: images.problems + targets.problems + outcomes.compactMap(\.problem) + empty)
    }

    private func look(at file: FileTargets.File, _ staged: StagedCopies?) throws -> Outcome {
        do {
            let snapshot = try FileSnapshot(file.path)
            do {
                let binary = try gate.admit(snapshot.bytes, permissions: snapshot.permissions, at: file.path)
                let copy = try staged.map { try $0.stage(binary, as: file.relative) }
                return .result(.init(path: file.path.string, admitted: binary), binary.platform, copy)
            } catch let refusal as GateRefusal {
                return .result(.init(path: file.path.string, refused: refusal), nil, nil)
            }
        } catch let error as FileError {
            return .problem(.init(path: error.path.string, message: error.reason))
        }
    }
}

extension GateRun.Outcome {
    fileprivate var entry: GateReport.Entry? {
        if case .result(let entry, _, _) = self { entry } else { nil }
    }

    fileprivate var platform: Platform? {
        if case .result(_, let platform, _) = self { platform } else { nil }
    }

    fileprivate var copy: StagedCopies.Copy? {
        if case .result(_, _, let copy) = self { copy } else { nil }
    }

    fileprivate var problem: Report.Problem? {
        if case .problem(let problem) = self { problem } else { nil }
    }
}
