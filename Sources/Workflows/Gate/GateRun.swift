import Attestation
import ELF
import Files
import FoundationEssentials
import GoBinary
import Reporting
import SystemPackage
import Verification

/// Checks files and folders against a gate, as many at a time as there are cores.
struct GateRun: Sendable {
    let gate: Gate
    let required: [Platform]
    /// Where to copy what is admitted; nil copies nothing.
    let target: FilePath?
    let listener: any Listener

    fileprivate enum Outcome: Sendable {
        case result(GateReport.Entry, Platform?, StagedCopies.Copy?)
        case problem(Report.Problem)
    }

    /// Checks all files. Copies get their names only after every file was admitted.
    ///
    /// - Parameter images: The result for images, which the report names first.
    func report(on paths: [FilePath], with images: ImageGate.Result) async throws -> GateReport {
        defer { listener.files(.ended) }
        let targets = try await FileTargets(paths, links: .followed, listener: listener)
        guard let target else {
            let outcomes = try await ParallelFiles.map(targets.files, listener: listener) { try check($0, nil) }
            return report(targets, outcomes, images)
        }
        let plan = try await CopyPlan(of: targets.files, to: target, in: gate.folder)
        let staged = try StagedCopies(for: plan)
        do {
            let outcomes = try await ParallelFiles.map(targets.files, listener: listener) { try check($0, staged) }
            let report = report(targets, outcomes, images)
            // A folder that an interrupted gate leaves must not look as if it had been admitted.
            try Task.checkCancellation()
            if report.exitCode == 0 { try staged.commit(outcomes.compactMap(\.copy)) }
            staged.discard()
            return report
        } catch let error as CopyError {
            // The old file is still in the staging folder.
            throw error
        } catch {
            staged.discard()
            throw error
        }
    }

    private func report(_ targets: FileTargets, _ outcomes: [Outcome], _ images: ImageGate.Result) -> GateReport {
        let empty = targets.problemsOfEmptyTrees("nothing was admitted")
        let platforms = Set(images.platforms.union(outcomes.compactMap(\.platform)).map(\.withoutBaseline))
        return GateReport(
            tool: .init(version: Identity.version, go: nil), policy: gate.policy,
            binaries: images.entries + outcomes.compactMap(\.entry),
            missingPlatforms: required.filter { !platforms.contains($0.withoutBaseline) }.map(\.description),
            problems: images.problems + targets.problems + outcomes.compactMap(\.problem) + empty)
    }

    private func check(_ file: FileTargets.File, _ staged: StagedCopies?) throws -> Outcome {
        do {
            let open = try OpenFile(file.path)
            let permissions = open.permissions
            do {
                guard let staged else {
                    let admission = try gate.admit(open, permissions: permissions, at: file.path)
                    return .result(.init(path: file.path.string, admitted: admission), admission.platform, nil)
                }
                // The copy is what is judged, so that a change of the file meanwhile cannot be what is shipped.
                let copy = try staged.stage(open, as: file.relative)
                let admission = try gate.admit(
                    OpenFile(copy.staged), permissions: permissions, at: file.path,
                    copiedTo: target?.pushing(file.relative))
                return .result(.init(path: file.path.string, admitted: admission), admission.platform, copy)
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
