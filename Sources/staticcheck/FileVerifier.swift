import Attestation
import ELF
import GoBinary
import Proving
import Reporting
import SystemPackage
import Verification

/// Verifies files that exist already, and stamps those that pass where that is asked for.
struct FileVerifier: Sendable {
    let policy: Policy
    let expected: Platform?
    let prover: Prover?
    let isHashing: Bool
    let stamper: Stamper?
    /// Whether the report shows where the bytes go.
    let isMeasuring: Bool

    fileprivate enum Outcome: Sendable {
        case checked(BinaryReport)
        case skipped
        case problem(Report.Problem)
    }

    /// Verifies files and trees; a path under which there is nothing to verify is a problem.
    ///
    /// - Parameter images: What was found of images, which comes first.
    func report(
        on paths: [String], with images: (binaries: [BinaryReport], problems: [Report.Problem])
    ) async throws -> Report {
        let targets = FileTargets(paths)
        let outcomes = try await ParallelFiles.map(targets.files) { try await verify($0) }
        let skipped = Set(outcomes.indices.filter { outcomes[$0].isSkipped })
        let empty = targets.emptyTrees(skipped: skipped).map {
            Report.Problem(path: $0, message: "holds no ELF file, so nothing was verified")
        }
        return Report(
            tool: .init(version: Product.version, go: nil), policy: policy,
            binaries: images.binaries + outcomes.compactMap(\.binary),
            problems: images.problems + targets.problems + empty + outcomes.compactMap(\.problem))
    }

    private func verify(_ file: FileTargets.File) async throws -> Outcome {
        let clock = ContinuousClock()
        let start = clock.now
        do {
            let content = try FileSnapshot.read(file.path, onlyELF: !file.isNamed)
            guard case .file(let snapshot) = content else { return .skipped }
            let bare = Subject(snapshot.bytes, expected: expected, permissions: snapshot.permissions)
            let subject = bare.with(try await prover?.prove(bare))
            let judgement = policy.judge(subject)
            let digest = isHashing || stamper != nil ? Digest(of: snapshot.bytes) : nil
            let stamp = try digest.flatMap { try self.stamp(file, $0, subject, judgement) }
            return .checked(
                BinaryReport(
                    path: file.path, package: nil, platform: subject.platform, verdict: judgement.verdict,
                    size: snapshot.bytes.count, digest: isHashing ? digest : nil, buildInfo: subject.buildInfo,
                    duration: clock.now - start,
                    proof: subject.proof, stamp: stamp, sizes: isMeasuring ? subject.sizes : nil,
                    findings: judgement.findings))
        } catch let error as FileError {
            return .problem(.init(path: error.path, message: error.reason))
        } catch let error as OutputError {
            return .problem(.init(path: file.path, message: "\(error)"))
        }
    }

    /// Stamps a file that passed; one that did not loses the stamp that it had.
    private func stamp(
        _ file: FileTargets.File, _ digest: Digest, _ subject: Subject, _ judgement: Judgement
    ) throws -> String? {
        guard let stamper else { return nil }
        let path = FilePath(file.path)
        try Stamp.remove(beside: path)
        guard judgement.verdict == .ready, let platform = subject.platform else { return nil }
        try stamper.stamp(
            path, digest: digest, platform: platform, subject: subject, judgement: judgement, policy: policy)
        return stamper.path(of: path).string
    }
}

extension FileVerifier.Outcome {
    fileprivate var isSkipped: Bool {
        if case .skipped = self { true } else { false }
    }

    fileprivate var binary: BinaryReport? {
        if case .checked(let binary) = self { binary } else { nil }
    }

    fileprivate var problem: Report.Problem? {
        if case .problem(let problem) = self { problem } else { nil }
    }
}
