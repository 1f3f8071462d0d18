import Attestation
import ELF
import FoundationEssentials
import GoBinary
import Proving
import Reporting
import Verification

/// Verifies files that exist already, as many side by side as there are cores.
struct FileVerifier: Sendable {
    let policy: Policy
    let expected: Platform?
    let prover: Prover?
    let isHashing: Bool

    private struct Target: Sendable {
        let path: String
        let isNamed: Bool
    }

    fileprivate enum Outcome: Sendable {
        case checked(BinaryReport)
        case skipped
        case problem(Report.Problem)
    }

    /// Verifies files and trees; a path under which there is nothing to verify is a problem.
    func report(on paths: [String]) async throws -> Report {
        var targets: [Target] = []
        var problems: [Report.Problem] = []
        var trees: [(path: String, range: Range<Int>)] = []
        for path in paths {
            guard FileTree.isFolder(path) else {
                targets.append(Target(path: path, isNamed: true))
                continue
            }
            let tree = FileTree(below: path)
            problems += tree.errors.map { .init(path: $0.path, message: $0.reason) }
            trees.append((path, targets.count..<targets.count + tree.files.count))
            targets += tree.files.map { Target(path: $0, isNamed: false) }
        }
        let outcomes = try await verify(targets)
        for tree in trees where tree.range.allSatisfy({ outcomes[$0].isSkipped }) {
            problems.append(.init(path: tree.path, message: "holds no ELF file, so nothing was verified"))
        }
        problems += outcomes.compactMap(\.problem)
        return Report(
            tool: .init(version: Product.version, go: nil), policy: policy,
            binaries: outcomes.compactMap(\.binary), problems: problems)
    }

    private func verify(_ targets: [Target]) async throws -> [Outcome] {
        let width = min(targets.count, ProcessInfo.processInfo.activeProcessorCount)
        return try await withThrowingTaskGroup(of: [(Int, Outcome)].self) { group in
            for lane in 0..<width {
                group.addTask {
                    var outcomes: [(Int, Outcome)] = []
                    for index in stride(from: lane, to: targets.count, by: width) {
                        try Task.checkCancellation()
                        outcomes.append((index, try await verify(targets[index])))
                    }
                    return outcomes
                }
            }
            var outcomes = [Outcome](repeating: .skipped, count: targets.count)
            while let lane = try await group.next() {
                for (index, outcome) in lane { outcomes[index] = outcome }
            }
            return outcomes
        }
    }

    private func verify(_ target: Target) async throws -> Outcome {
        let clock = ContinuousClock()
        let start = clock.now
        do {
            let content = try FileSnapshot.read(target.path, onlyELF: !target.isNamed)
            guard case .file(let snapshot) = content else { return .skipped }
            let file = Subject(snapshot.bytes, expected: expected, permissions: snapshot.permissions)
            let subject = file.with(try await prover?.prove(file))
            let judgement = policy.judge(subject)
            return .checked(
                BinaryReport(
                    path: target.path, package: nil, platform: subject.platform, verdict: judgement.verdict,
                    size: snapshot.bytes.count, digest: isHashing ? Digest(of: snapshot.bytes) : nil,
                    goVersion: subject.buildInfo?.goVersion, duration: clock.now - start,
                    proof: subject.proof, findings: judgement.findings))
        } catch let error as FileError {
            return .problem(.init(path: error.path, message: error.reason))
        }
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
