import Attestation
import FoundationEssentials
import GoBinary
import Reporting
import ScratchImage
import Verification

/// Verifies images that others made: for every platform, what it starts and what its root gives that.
struct ImageVerifier: Sendable {
    let policy: Policy
    /// The platform that must be there, and alone is looked at; nil for all.
    let expected: Platform?
    let isInsecure: Bool
    /// Whether the report shows where the bytes go.
    var isMeasuring = false

    /// What was found of some images.
    func report(on images: [ImageTargets.Target]) async throws -> (entries: [ReportEntry], problems: [Report.Problem]) {
        var reports: [ImageProgramReport] = []
        var problems: [Report.Problem] = []
        for image in images {
            do {
                reports += try await image.withSource(isInsecure: isInsecure) { source in
                    try entries(of: source).map { try report(on: $0, named: image.text) }
                }
            } catch let error as ImageError {
                problems.append(.init(path: image.text, message: "\(error)"))
            }
        }
        return (reports.map(ReportEntry.image), problems)
    }

    private func entries(of source: ImageSource) throws -> [ImageSource.Entry] {
        let entries = try source.entries()
        guard let expected else { return entries }
        let own = entries.filter { $0.platform.platform == expected }
        guard !own.isEmpty else {
            let known = entries.map(\.platform.text).joined(separator: ", ")
            throw ImageError("it has no image for \(expected); it has \(known)")
        }
        return own
    }

    private func report(on entry: ImageSource.Entry, named name: String) throws -> ImageProgramReport {
        let clock = ContinuousClock()
        let start = clock.now
        guard !entry.isForAnotherSystem else {
            return ImageProgramReport(
                image: name, platform: entry.platform.platform, verdict: .notApplicable,
                duration: clock.now - start)
        }
        let inspection = try ImageInspection(entry)
        let judgement = policy.judge(inspection.subject)
        return ImageProgramReport(
            image: name, program: inspection.path, platform: inspection.platform, verdict: judgement.verdict,
            bytes: inspection.bytes,
            buildInfo: inspection.subject.buildInfo, duration: clock.now - start,
            sizes: isMeasuring ? inspection.subject.sizes : nil, findings: judgement.findings)
    }
}
