import Attestation
import ELF
import Files
import GoBinary
import Proving
import Reporting
import SystemPackage
import Verification

/// Verifies existing files, and stamps those that pass if that is asked for.
struct FileVerifier: Sendable {
    let policy: Policy
    let expected: Platform?
    let prover: Prover?
    let isHashing: Bool
    let stamper: Stamper?
    /// Whether the report shows what the bytes of each file are.
    let isMeasuring: Bool
    /// Whether the report says what each program is made of.
    let isListing: Bool
    let listener: any Listener
    /// How bills of materials are made; nil makes none.
    let bill: BillSettings?

    fileprivate enum Outcome: Sendable {
        case checked(BinaryReport)
        case problem(Report.Problem)
    }

    /// Verifies files and folders. A folder without an ELF file is a problem.
    ///
    /// - Parameter images: The result for images, which the report names first.
    func report(
        on paths: [FilePath], with images: (entries: [ReportEntry], problems: [Report.Problem])
    ) async throws -> Report {
        defer { listener.files(.ended) }
        let targets = try await FileTargets(
            paths, links: stamper == nil ? .skipped : .followedInside, listener: listener)
        if let note = targets.noteOnSkippedPrograms { listener.note(note) }
        let outcomes = try await ParallelFiles.map(targets.files, listener: listener) { try await verify($0) }
        let empty = targets.problemsOfEmptyTrees("nothing was verified")
        return Report(
            tool: .init(version: Identity.version, go: nil), policy: policy,
            entries: images.entries + outcomes.compactMap(\.binary).map(ReportEntry.binary),
            problems: images.problems + targets.problems + empty + outcomes.compactMap(\.problem))
    }

    private func verify(_ file: FileTargets.File) async throws -> Outcome {
        let clock = ContinuousClock()
        let start = clock.now
        do {
            let read = try await read(file)
            let bill = try read.digest.flatMap { try self.bill?.binary(file.path, $0, read.subject) }
            let stamp = try read.digest.flatMap { try self.stamp(file, $0, read.subject, read.judgement, bill) }
            return .checked(
                BinaryReport(
                    path: file.path.string, package: nil, platform: read.subject.platform,
                    verdict: read.judgement.verdict,
                    size: read.size, digest: isHashing ? read.digest : nil, buildInfo: read.subject.buildInfo,
                    duration: clock.now - start,
                    proof: read.subject.proof, stamp: stamp, sizes: isMeasuring ? read.subject.sizes : nil,
                    findings: read.judgement.findings, vulnerabilities: read.judgement.advisories, bill: bill,
                    demands: read.judgement.demands, untried: read.judgement.untried,
                    contents: isListing ? ProgramContents(of: read.subject) : nil))
        } catch let error as FileError {
            return .problem(.init(path: error.path.string, message: error.reason))
        } catch let error as OutputError {
            return .problem(.init(path: file.path.string, message: "\(error)"))
        }
    }

    private struct Reading {
        let subject: Subject
        let judgement: Judgement
        let size: Int
        let digest: Digest?
    }

    /// Reads the whole file into memory if it will be started, else only what the verdict and the report need.
    private func read(_ file: FileTargets.File) async throws -> Reading {
        if let prover {
            let snapshot = try FileSnapshot(file.path)
            let bare = Subject(snapshot.bytes, expected: expected, permissions: snapshot.permissions)
            let subject = bare.with(try await prover.prove(bare, bytes: snapshot.bytes))
            return Reading(
                subject: subject, judgement: policy.judge(subject), size: snapshot.bytes.count,
                digest: isHashing || stamper != nil ? Digest(of: snapshot.bytes) : nil)
        }
        let open = try OpenFile(file.path)
        guard stamper != nil else { return try read(open, permissions: open.permissions, isHashing: isHashing) }
        // What a stamp says must be about the bytes that were judged. A file that another process has mapped can change between two
        // reads, without a trace in its times. The stamp is written to the same folder.
        let copy = try FileCopy.unnamed(of: open, in: file.path.removingLastComponent())
        return try read(copy, permissions: open.permissions, isHashing: true)
    }

    private func read(_ file: borrowing OpenFile, permissions: UInt32, isHashing: Bool) throws -> Reading {
        let (subject, judgement) = try policy.judge(
            file, expected: expected, permissions: permissions, isMeasuring: isMeasuring)
        return Reading(
            subject: subject, judgement: judgement, size: file.size, digest: isHashing ? try Digest(of: file) : nil)
    }

    /// Stamps a file that passed. A file that did not pass loses the stamp it had.
    private func stamp(
        _ file: FileTargets.File, _ digest: Digest, _ subject: Subject, _ judgement: Judgement,
        _ bill: BillOfMaterials.Binary?
    ) throws -> String? {
        guard let stamper else { return nil }
        try Task.checkCancellation()
        let path = file.path
        try Stamp.remove(beside: path)
        guard judgement.verdict == .ready, let platform = subject.platform else { return nil }
        try stamper.stamp(
            path, digest: digest, platform: platform, subject: subject, judgement: judgement, bill: bill)
        return stamper.path(of: path).string
    }
}

extension FileVerifier.Outcome {
    fileprivate var binary: BinaryReport? {
        if case .checked(let binary) = self { binary } else { nil }
    }

    fileprivate var problem: Report.Problem? {
        if case .problem(let problem) = self { problem } else { nil }
    }
}
