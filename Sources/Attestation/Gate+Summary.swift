import FoundationEssentials
import Text
import Verification

/// What the gate checks of every verification summary, whether it is about a program or an image.
extension Gate {
    /// Reads a statement with a verification summary.
    func statement<Summary: SummaryClaim & Codable & Sendable>(
        in document: [UInt8], as _: Summary.Type, versions: Set<String> = [StatementHead.version]
    ) throws(GateRefusal) -> Statement<Summary> {
        guard StrictJSON.accepts(document, as: StatementHead.shape) else { throw .malformedStatement }
        let statement = try? JSONDecoder().decode(Statement<Summary>.self, from: Data(document))
        if let statement, versions.contains(statement.type),
            statement.predicateType == VerificationSummary.predicateType
        {
            return statement
        }
        // A statement of another type need not decode as a summary.
        guard let head = try? JSONDecoder().decode(StatementHead.self, from: Data(document)),
            versions.contains(head.type), head.predicateType != VerificationSummary.predicateType
        else { throw .malformedStatement }
        throw .otherPredicate(type: head.predicateType)
    }

    /// Checks who verified, against which policy, with which result, and when.
    func check(_ summary: some SummaryClaim) throws(GateRefusal) {
        guard summary.verifier.id == VerificationSummary.verifier else { throw .otherVerifier(id: summary.verifier.id) }
        guard summary.hasPassed else { throw .notPassed }
        guard summary.policy.sha256 == policyDigest else { throw .otherPolicy }
        try checkAge(of: summary)
    }

    func checkProof(_ level: ProofLevel) throws(GateRefusal) {
        guard let requiredProof, level < requiredProof else { return }
        throw .notProved(level, required: requiredProof)
    }

    private func checkAge(of summary: some SummaryClaim) throws(GateRefusal) {
        guard let time = Timestamp(rfc3339: summary.timeVerified) else { throw .malformedTime(summary.timeVerified) }
        let age = now - time.seconds
        guard age >= -Timestamp.clockTolerance else { throw .fromTheFuture(time: summary.timeVerified) }
        if let maximumAge, age > maximumAge { throw .expired(time: summary.timeVerified) }
    }
}
