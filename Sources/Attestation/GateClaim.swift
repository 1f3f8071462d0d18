import GoBinary
import Verification

extension Gate {
    /// What a stamp says of a file.
    struct Claim {
        let summary: VerificationSummary
        let platform: Platform
        /// The name of the file, if it is not the one that it has.
        let otherName: String?

        var isGoBuild: Bool { summary.goBuildInfo != nil }
    }

    /// Compares a statement with the file and the policy (https://slsa.dev/spec/v1.2/verification_summary, "How to verify").
    func check(
        _ document: [UInt8], digest: Digest, in place: StampedPlace
    ) throws(GateRefusal) -> Claim {
        let statement = try statement(in: document, as: VerificationSummary.self)
        guard statement.subject.count == 1 else { throw .notOneSubject }
        guard statement.subject[0].sha256 == digest else { throw .otherBytes(actual: digest) }
        let summary = statement.predicate
        try check(summary)
        let platform = try Gate.platform(of: summary)
        let otherName = try otherName(of: statement.subject[0], in: place)
        try place.check(platform, built: platform.built(with: summary.goBuildInfo?.settings ?? [:]))
        try checkProof(summary.proof?.outcome.level ?? .none)
        return Claim(summary: summary, platform: platform, otherName: otherName)
    }

    /// The name that the stamp gives a file which has another one; nil if both are the same, or are not compared.
    private func otherName(of file: ResourceDescriptor, in place: StampedPlace) throws(GateRefusal) -> String? {
        guard let own = place.name, own != file.name else { return nil }
        // The specification lets a statement leave out the name; this program never does.
        guard let stamped = file.name else { throw .malformedStatement }
        guard allowsRenamed else { throw .otherName(stamped: stamped) }
        return stamped
    }

    private static func platform(of summary: VerificationSummary) throws(GateRefusal) -> Platform {
        do { return try Platform(parsing: summary.platform) } catch { throw .malformedPlatform(error) }
    }
}
