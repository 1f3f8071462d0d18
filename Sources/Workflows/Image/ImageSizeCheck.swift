import Attestation
import Reporting
import ScratchImage
import Verification

/// Compares the image of each platform with the limit that was set, before it is started or written.
struct ImageSizeCheck: Sendable {
    let limit: Int
    let policy: Policy
    let context: Context

    /// Applies the rules about sizes.
    ///
    /// - Parameter program: The path of the program that the image starts.
    /// - Throws: `ImageRunError.notReady` with a report if an image is too large and the policy does not accept that.
    func check(_ image: Image, as reference: ImageReference, starting program: String, user: UserNumbers) throws {
        let entries = image.platforms.map { platform in
            let files = platform.layers.flatMap(\.files).map { ImageBudget.Part(path: "/" + $0.path, size: $0.size) }
            let budget = ImageBudget(size: platform.unpackedSize, limit: limit, files: files)
            let subject = Subject(
                absentFrom: Surroundings(
                    path: program, entryPoint: .found(program), user: .number(user.user), budget: budget),
                expected: platform.platform)
            let judgement = policy.judge(subject)
            return ImageProgramReport(
                image: reference.description, program: program, platform: platform.platform,
                verdict: judgement.verdict, duration: .zero, findings: judgement.findings)
        }
        guard entries.contains(where: { !$0.findings.isEmpty }) else { return }
        let report = Report(
            tool: .init(version: Identity.version, go: nil), policy: policy, entries: entries.map(ReportEntry.image),
            problems: [])
        context.listener.checked(report)
        guard report.exitCode == 0 else { throw ImageRunError.notReady(report) }
    }
}
