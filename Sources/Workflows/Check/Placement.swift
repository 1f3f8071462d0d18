import Attestation
import ELF
import Files
import FoundationEssentials
import GoBinary
import GoToolchain
import Proving
import Reporting
import SystemPackage
import Verification

/// Verifies a binary where go wrote it, moves it to its place, and stamps it.
struct Placement: Sendable {
    let output: FilePath
    /// The output folder as reports show it.
    let shownOutput: FilePath
    let policy: Policy
    let stamper: Stamper?
    let prover: Prover?
    /// Whether the report shows what the bytes of each file are.
    let isMeasuring: Bool

    /// A program as go wrote it.
    struct Staged: Sendable {
        let step: BuildStep
        let program: Program
        let file: FilePath
        /// The file of an earlier run that go found there.
        let prior: PriorOutput?
        /// The same program built a second time, and the folder of its sources.
        let second: (file: FilePath, sources: FilePath)?
        let start: ContinuousClock.Instant
    }

    /// go kept the file of an earlier run, but it is not the file that its stamp describes.
    struct AlteredOutput: Error {}

    /// Verifies a staged file, moves it to its place, and stamps it if it passed. The stamp of an earlier file is removed
    /// before, so that a stamp never stands beside another file.
    ///
    /// - Throws: `AlteredOutput` if the program must be linked again, else why the file cannot be read or written.
    func place(_ staged: Staged) async throws -> BinaryReport {
        let snapshot = try FileSnapshot(staged.file)
        let digest = Digest(of: snapshot.bytes)
        if let prior = staged.prior, prior.isStill(staged.file), prior.digest != digest { throw AlteredOutput() }
        let platform = staged.step.platform
        let subject = try await subject(of: staged, snapshot)
        let judgement = policy.judge(subject)
        let path = path(of: staged.program, on: platform, below: output)
        try Folder.create(path.removingLastComponent())
        try Stamp.remove(beside: path)
        try rename(staged.file, path)
        let isStamped = judgement.verdict == .ready && stamper != nil
        if isStamped {
            try stamper?.stamp(
                path, digest: digest, platform: platform, subject: subject, judgement: judgement, policy: policy)
        }
        let shown = self.path(of: staged.program, on: platform, below: shownOutput)
        return BinaryReport(
            path: shown.string, package: staged.program.package.importPath,
            source: SourcePath.of(staged.program.package, in: staged.step.directory), platform: platform,
            verdict: judgement.verdict, size: snapshot.bytes.count, digest: digest,
            buildInfo: subject.buildInfo, duration: ContinuousClock().now - staged.start,
            proof: subject.proof, reproduction: subject.reproduction,
            stamp: isStamped ? stamper?.path(of: shown).string : nil, sizes: isMeasuring ? subject.sizes : nil,
            findings: judgement.findings,
            causes: try await causes(judgement, staged))
    }

    /// The path of a program below an output folder.
    func path(of program: Program, on platform: Platform, below folder: FilePath) -> FilePath {
        folder.pushing(FilePath(platform.description)).appending(program.fileName(on: platform))
    }

    private func subject(of staged: Staged, _ snapshot: FileSnapshot) async throws -> Subject {
        let platform = staged.step.platform
        let file = Subject(snapshot.bytes, expected: platform, isGoBuild: true, permissions: snapshot.permissions)
        let reproduction = try staged.second.map { second in
            Reproduction(
                comparing: snapshot.bytes, with: try FileSnapshot(second.file).bytes,
                builtIn: (staged.step.directory.string, second.sources.string))
        }
        let proof = platform.isLinux ? try await prover?.prove(file, bytes: snapshot.bytes) : nil
        return file.with(proof).with(reproduction).with(expectedGo: staged.step.wantedGo)
    }

    /// Why the program is dynamically linked, as far as go can tell.
    private func causes(_ judgement: Judgement, _ staged: Staged) async throws -> [String] {
        guard judgement.findings.contains(where: \.isOfDynamicLinking) else { return [] }
        let causes = try await staged.step.toolchain.causesOfDynamicLinking(
            of: staged.program, in: staged.step.directory, flags: staged.step.flags, for: staged.step.platform)
        return causes.map(\.description)
    }
}
