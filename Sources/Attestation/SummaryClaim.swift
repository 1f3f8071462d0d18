/// The claim of a verification summary, which the gate checks in the same way for programs and images.
protocol SummaryClaim {
    var verifier: VerificationSummary.Verifier { get }
    var timeVerified: String { get }
    var policy: ResourceDescriptor { get }
    var verificationResult: String { get }
    var verifiedLevels: [String] { get }
}

extension SummaryClaim {
    /// Whether the summary says that its subject passed.
    var hasPassed: Bool {
        verificationResult == VerificationSummary.passed && verifiedLevels.contains(VerificationSummary.level)
            && !verifiedLevels.contains(VerificationSummary.failed)
    }
}

extension VerificationSummary: SummaryClaim {}
extension ImageSummary: SummaryClaim {}
