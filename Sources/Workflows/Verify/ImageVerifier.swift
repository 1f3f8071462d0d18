import Attestation
import Files
import FoundationEssentials
import GoBinary
import Licensing
import Reporting
import ScratchImage
import Verification

/// Verifies existing images: for each platform the program that it starts, and the files that the program needs.
struct ImageVerifier: Sendable {
    let policy: Policy
    /// The only platform that is verified, which the image must have; nil verifies all.
    let expected: Platform?
    let isInsecure: Bool
    /// Whether the report shows what the bytes of each program are.
    let isMeasuring: Bool
    /// Whether the report says what each program is made of.
    let isListing: Bool
    /// The most that the image of a platform may be, in bytes; nil for any size.
    var sizeLimit: Int?
    /// How the programs that images start are tried; nil tries none.
    let prover: ImageProver?
    /// Who supplies the programs, for bills of materials.
    let supplier: Supplier?
    let context: Context

    /// Verifies images. One that cannot be read is a problem.
    func report(on images: [ImageTarget]) async throws -> (entries: [ReportEntry], problems: [Report.Problem]) {
        var reports: [ImageProgramReport] = []
        var problems: [Report.Problem] = []
        for image in images {
            let end = context.listener.begin("verifying \(image.text)")
            defer { end() }
            do {
                reports += try await image.withSource(isInsecure: isInsecure, in: context) { source in
                    let contents = try contents(of: source)
                    let absent = contents.absent.map { ImageProgramReport(image: image.text, absent: $0) }
                    var own: [ImageProgramReport] = []
                    for entry in contents.entries { own += try await self.reports(on: entry, named: image.text) }
                    return own + absent
                }
            } catch let error
                where error is ImageReadingError || error is FileError || error is ContextError
            {
                problems.append(.init(path: image.text, message: "\(error)"))
            }
        }
        return (reports.map(ReportEntry.image), problems)
    }

    private func budget(of inspection: ImageInspection) throws -> ImageBudget? {
        guard let sizeLimit else { return nil }
        var files: [ImageBudget.Part] = []
        if inspection.unpackedSize > sizeLimit {
            try inspection.forEachMember { member in
                if case .file(let content) = member.kind { files.append(.init(path: member.path, size: content.count)) }
            }
        }
        return ImageBudget(size: inspection.unpackedSize, limit: sizeLimit, files: files)
    }

    private func contents(of source: ImageSource) throws -> ImageSource.Contents {
        let contents = try source.contents()
        guard let expected else { return contents }
        let own = contents.entries.filter { $0.platform.platform == expected }
        guard !own.isEmpty else {
            throw ImageReadingError.noPlatform(expected, known: contents.entries.map(\.platform.text))
        }
        return ImageSource.Contents(entries: own)
    }

    /// The program that an image starts, and after it the other programs that it holds.
    private func reports(on entry: ImageSource.Entry, named name: String) async throws -> [ImageProgramReport] {
        let clock = ContinuousClock()
        let start = clock.now
        guard !entry.isForAnotherSystem else {
            return [
                ImageProgramReport(
                    image: name, platform: entry.platform.platform, verdict: .notApplicable,
                    duration: clock.now - start)
            ]
        }
        let inspection = try ImageInspection(entry)
        var reports: [ImageProgramReport] = []
        func add(_ path: String, _ bytes: [UInt8], _ subject: Subject, since start: ContinuousClock.Instant) {
            let judgement = policy.judge(subject)
            reports.append(
                ImageProgramReport(
                    image: name, program: path, platform: inspection.platform, verdict: judgement.verdict,
                    bytes: bytes, buildInfo: subject.buildInfo, notes: subject.packageNotes,
                    duration: clock.now - start,
                    sizes: isMeasuring ? subject.sizes : nil, proof: subject.proof, findings: judgement.findings,
                    vulnerabilities: judgement.advisories, supplier: supplier, demands: judgement.demands,
                    untried: judgement.untried,
                    contents: isListing ? ProgramContents(of: subject) : nil))
        }
        let proved = inspection.subject.with(try await prover?.prove(inspection)).with(try budget(of: inspection))
        add(inspection.path, inspection.bytes, proved, since: start)
        var last = clock.now
        try inspection.forEachOtherProgram { program in
            add(program.path, program.bytes, program.subject, since: last)
            last = clock.now
        }
        return reports
    }
}
