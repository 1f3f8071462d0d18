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
    /// Whether the report says what each program is made of.
    let isListing: Bool
    /// Makes the bills of materials; nil makes none.
    let bills: BillSurvey?

    /// A program as go wrote it.
    struct Staged: Sendable {
        let step: BuildStep
        let program: Program
        let file: FilePath
        /// The file of an earlier run that go found there.
        let prior: PriorOutput?
        /// The packages of the program that are built without their files with cgo; nil if that is not known.
        let losses: [LostCgoFiles]?
        /// What its sources say for bills of materials and licence rules; nil if nobody asked, or go did not tell.
        let sources: BillSurvey.Sources?
        /// What a cache program supplied for its build; nil if go kept its cache itself.
        let cache: CacheUse?
        /// The same program built a second time.
        let second: Second?
        /// The run of go that made it together with other programs; nil if it was built alone.
        let sharedBuild: SharedBuild?
        /// When its build began, or its verification if it was not built alone.
        let start: ContinuousClock.Instant
    }

    /// A program that was built a second time.
    struct Second: Sendable {
        let file: FilePath
        /// The folder of its sources.
        let sources: FilePath
        /// What the objects of the cache program have to do with a difference.
        let suspects: CachedObjects.Suspects
    }

    /// go kept the file of an earlier run, but it is not the file that its stamp describes.
    struct AlteredOutput: Error {}

    /// Verifies a staged file, moves it to its place, and stamps it if it passed. The old stamp is removed
    /// first, so that a stamp never lies beside a file that it does not describe.
    ///
    /// - Throws: `AlteredOutput` if the program must be linked again; `FileError` or `OutputError` if a file cannot be read or written.
    func place(_ staged: Staged) async throws -> BinaryReport {
        let digest = try digest(of: staged)
        let platform = staged.step.platform
        let (subject, judgement, size) = try await judged(staged, digest)
        let path = path(of: staged.program, on: platform, below: output)
        let relative = self.path(of: staged.program, on: platform, below: "")
        try Folder.create(relative.removingLastComponent(), below: output)
        try Folder.checkNoLink(in: relative, below: output)
        try Stamp.remove(beside: path)
        try rename(staged.file, path)
        // rename(2) does nothing if both are names of one file. Removing the second name later would change the file's state.
        try? remove(staged.file)
        let shown = self.path(of: staged.program, on: platform, below: shownOutput)
        let bill = try await bill(of: staged, at: path, named: shown, digest, subject)
        let isStamped = judgement.verdict == .ready && stamper != nil
        if isStamped {
            try stamper?.stamp(
                path, digest: digest, platform: platform, subject: subject, judgement: judgement, bill: bill)
        }
        return BinaryReport(
            path: shown.string, package: staged.program.package.importPath,
            source: SourcePath.of(staged.program.package, in: staged.step.directory), platform: platform,
            verdict: judgement.verdict, size: size, digest: digest,
            buildInfo: subject.buildInfo, duration: ContinuousClock().now - staged.start,
            sharedBuild: staged.sharedBuild, proof: subject.proof, reproduction: subject.reproduction,
            cache: staged.cache, stamp: isStamped ? stamper?.path(of: shown).string : nil,
            sizes: isMeasuring ? subject.sizes : nil,
            findings: judgement.findings, vulnerabilities: judgement.advisories,
            causes: try await causes(judgement, staged), bill: bill, demands: judgement.demands,
            untried: judgement.untried,
            contents: isListing ? ProgramContents(of: subject) : nil)
    }

    private func bill(
        of staged: Staged, at path: FilePath, named shown: FilePath, _ digest: Digest, _ subject: Subject
    ) async throws -> BillOfMaterials.Binary? {
        guard let bills, let info = subject.buildInfo else { return nil }
        return BillOfMaterials.Binary(
            path: shown.string, digest: digest, longDigest: try LongDigest(of: OpenFile(path)), buildInfo: info,
            notes: subject.packageNotes,
            facts: await bills.facts(of: info, in: staged.step.directory, staged.sources))
    }

    /// The digest of a staged file.
    ///
    /// - Throws: `AlteredOutput` if go kept the file of an earlier run which was changed since.
    private func digest(of staged: Staged) throws -> Digest {
        guard let prior = staged.prior, prior.isKept else { return try Digest(of: OpenFile(staged.file)) }
        let digest = try prior.digest ?? Digest(of: OpenFile(staged.file))
        guard prior.isUnaltered(digest) else { throw AlteredOutput() }
        return digest
    }

    /// The path of a program below an output folder.
    func path(of program: Program, on platform: Platform, below folder: FilePath) -> FilePath {
        folder.pushing(FilePath(platform.description)).appending(program.fileName(on: platform))
    }

    /// The file of a program from an earlier run, as reports show it; nil if there is none.
    func earlierFile(of program: Program, on platform: Platform) -> FilePath? {
        path(of: program, on: platform, below: output).isFile
            ? path(of: program, on: platform, below: shownOutput) : nil
    }

    /// Applies the rules. Only a file that is started is held in memory as a whole.
    private func judged(
        _ staged: Staged, _ digest: Digest
    ) async throws -> (subject: Subject, judgement: Judgement, size: Int) {
        let platform = staged.step.platform
        let reproduction = try reproduction(of: staged, digest)
        let compiler = staged.step.toolchain.compiler
        let losses = compiler == nil ? staged.losses?.map { CgoLoss(package: $0.package, files: $0.files) } : nil
        let code = compiler.map { compiler in
            CCode(
                compiler: compiler.description,
                packages: staged.losses?.map { CCode.Package(path: $0.package, libraries: $0.libraries) })
        }
        func known(_ subject: Subject) -> Subject {
            subject.with(reproduction).with(staged.cache).with(expectedGo: staged.step.wantedGo).with(cgoLosses: losses)
                .with(code)
                .with(licenses: staged.sources?.licenses(denying: policy.deniedLicenses))
        }
        guard let prover, platform.isLinux else {
            let open = try OpenFile(staged.file)
            let (subject, judgement) = try policy.judge(
                open, expected: platform, isGoBuild: true, isMeasuring: isMeasuring, adding: known)
            return (subject, judgement, open.size)
        }
        let snapshot = try FileSnapshot(staged.file)
        let file = Subject(snapshot.bytes, expected: platform, isGoBuild: true, permissions: snapshot.permissions)
        let subject = known(file.with(try await prover.prove(file, bytes: snapshot.bytes)))
        return (subject, policy.judge(subject), snapshot.bytes.count)
    }

    /// Compares the file with that of the second build. Files with one digest are not read again.
    private func reproduction(of staged: Staged, _ digest: Digest) throws -> Reproduction? {
        guard let second = staged.second else { return nil }
        guard try Digest(of: OpenFile(second.file)) != digest else { return .identical }
        return Reproduction(
            comparing: try FileSnapshot(staged.file).bytes, with: try FileSnapshot(second.file).bytes,
            builtIn: (staged.step.directory.string, second.sources.string)
        ).adding(cachedPackages: second.suspects.packages, second.suspects.reasons)
    }

    /// Why the program is dynamically linked, as far as go can tell.
    private func causes(_ judgement: Judgement, _ staged: Staged) async throws -> [String] {
        guard judgement.findings.contains(where: \.isOfDynamicLinking) else { return [] }
        let causes = try await staged.step.toolchain.causesOfDynamicLinking(
            of: staged.program, in: staged.step.directory, flags: staged.step.flags, for: staged.step.platform)
        return causes.map(\.description)
    }
}
