import Attestation
import ELF
import FoundationEssentials
import GoBinary
import GoToolchain
import Proving
import Reporting
import SystemPackage
import Verification

/// The way of a whole matrix: each platform is built, verified, moved to its place and stamped, several side by side.
struct MatrixRun: Sendable {
    let plan: BuildPlan
    let toolchain: Toolchain
    let output: FilePath
    /// The output folder as it was written on the command line, for the report.
    let shownOutput: FilePath
    let policy: Policy
    let stamper: Stamper?
    let prover: Prover?
    let jobs: Int
    let progress: Progress

    private struct PlatformResult: Sendable {
        var binaries: [BinaryReport] = []
        var problems: [Report.Problem] = []
    }

    /// Runs the matrix. The staging folder is gone afterwards, whatever happened.
    func report() async throws -> Report {
        let staging = output.appending(".staticcheck-\(String(UInt64.random(in: .min ... .max), radix: 36))")
        try Folder.create(staging)
        // Hides the folder from git, for which an unknown file would make the working tree dirty.
        try AtomicFile.write("*\n".utf8, to: staging.appending(".gitignore"))
        defer { try? FileManager.default.removeItem(atPath: staging.string) }
        await progress.start()
        let results = try await build(in: staging)
        await progress.stop()
        let ordered = plan.platforms.compactMap { results[$0] }
        return Report(
            tool: .init(version: Product.version, go: toolchain.version), policy: policy,
            binaries: ordered.flatMap(\.binaries), problems: ordered.flatMap(\.problems))
    }

    private func build(in staging: FilePath) async throws -> [Platform: PlatformResult] {
        try await withThrowingTaskGroup(of: (Platform, PlatformResult).self) { group in
            var waiting = plan.platforms.enumerated().makeIterator()
            func startNext() {
                guard let (index, platform) = waiting.next() else { return }
                group.addTask { (platform, try await run(platform, staging: staging.appending("\(index)"))) }
            }
            for _ in 0..<max(1, jobs) { startNext() }
            var results: [Platform: PlatformResult] = [:]
            while let (platform, result) = try await group.next() {
                results[platform] = result
                startNext()
            }
            return results
        }
    }

    private func run(_ platform: Platform, staging: FilePath) async throws -> PlatformResult {
        let clock = ContinuousClock()
        let start = clock.now
        await progress.set(platform, .building)
        let build = PlatformBuild(platform: platform, plan: plan, toolchain: toolchain, staging: staging)
        switch try await build.run() {
        case .failed(let words):
            await progress.set(platform, .done("FAILED"))
            return failure(of: platform, saying: words, duration: clock.now - start)
        case .built(let files):
            await progress.set(platform, .verifying)
            var result = PlatformResult()
            for (program, file) in files {
                do {
                    let placed = try await place(program, file, platform, start: start, clock: clock)
                    result.binaries.append(placed)
                } catch {
                    let path = finalPath(program, platform, below: shownOutput).string
                    result.problems.append(.init(path: path, platform: platform.description, message: "\(error)"))
                }
            }
            let verdicts = Set(result.binaries.map(\.verdict))
            let word = !result.problems.isEmpty ? "FAILED" : verdicts.contains(.notReady) ? "NOT READY" : "done"
            await progress.set(platform, .done(word))
            return result
        }
    }

    private func failure(of platform: Platform, saying words: String, duration: Duration) -> PlatformResult {
        PlatformResult(
            binaries: plan.programs.map { program in
                BinaryReport(
                    path: finalPath(program, platform, below: shownOutput).string, package: program.package.importPath,
                    platform: platform, verdict: .failed, duration: duration)
            },
            problems: [.init(platform: platform.description, message: "go build failed\n" + words)])
    }

    /// Verifies a staged file, moves it to its place, and stamps it if it passed; a stamp of the file before it goes first.
    private func place(
        _ program: Program, _ staged: FilePath, _ platform: Platform, start: ContinuousClock.Instant,
        clock: ContinuousClock
    ) async throws -> BinaryReport {
        guard case .file(let snapshot) = try FileSnapshot.read(staged.string, onlyELF: false) else {
            throw OutputError(path: staged, action: "read", reason: "it has no content")
        }
        let file = Subject(snapshot.bytes, expected: platform, isGoBuild: true, permissions: snapshot.permissions)
        let subject = file.with(platform.isLinux ? try await prover?.prove(file) : nil)
        let judgement = policy.judge(subject)
        let digest = Digest(of: snapshot.bytes)
        let path = finalPath(program, platform, below: output)
        try Folder.create(path.removingLastComponent())
        try Stamp.remove(beside: path)
        do { try rename(staged, path) } catch { throw OutputError(path: path, action: "write", reason: "\(error)") }
        let isStamped = judgement.verdict == .ready && stamper != nil
        if isStamped {
            try stamper?.stamp(path, digest: digest, platform: platform, subject: subject, policy: policy)
        }
        let shown = finalPath(program, platform, below: shownOutput)
        let causes = judgement.findings.contains(where: \.isOfDynamicLinking) ? try await causes(program, platform) : []
        return BinaryReport(
            path: shown.string, package: program.package.importPath, platform: platform, verdict: judgement.verdict,
            size: snapshot.bytes.count, digest: digest, goVersion: subject.buildInfo?.goVersion,
            duration: clock.now - start,
            proof: subject.proof, stamp: isStamped ? Stamp.path(of: shown).string : nil, findings: judgement.findings,
            causes: causes)
    }

    /// Why the program is dynamic; where go cannot say it either, nothing is said.
    private func causes(_ program: Program, _ platform: Platform) async throws -> [String] {
        guard let group = plan.groups.first(where: { $0.programs.contains(program) }) else { return [] }
        let causes = try await toolchain.causesOfDynamicLinking(
            of: program, in: group.directory, flags: plan.flags, for: platform)
        return causes.map(\.description)
    }

    private func finalPath(_ program: Program, _ platform: Platform, below folder: FilePath) -> FilePath {
        folder.pushing(FilePath(platform.description)).appending(program.fileName(on: platform))
    }
}
