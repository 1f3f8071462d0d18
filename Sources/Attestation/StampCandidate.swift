import FoundationEssentials

/// A document that may be a stamp.
enum StampCandidate {
    /// A bare statement, where unsigned ones count.
    case statement([UInt8])
    /// A line that must be an envelope.
    case line(ArraySlice<UInt8>)

    /// The statement, as far as it can be trusted.
    func document(_ trust: [VerificationKey]) throws(GateRefusal) -> [UInt8] {
        switch self {
        case .statement(let document): return document
        case .line(let line): return try StampCandidate.document(ofLine: line, trust)
        }
    }

    private static func document(
        ofLine line: ArraySlice<UInt8>, _ trust: [VerificationKey]
    ) throws(GateRefusal) -> [UInt8] {
        guard StrictJSON.accepts(line), let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(line)),
            envelope.payloadType == Envelope.statementType
        else { throw GateRefusal(.malformed, "the stamp holds no envelope of a statement") }
        do {
            return try envelope.document(signedBy: trust)
        } catch {
            switch error {
            case .malformed: throw GateRefusal(.malformed, "the stamp's envelope is damaged")
            case .badSignature:
                throw GateRefusal(.badSignature, "the stamp claims a trusted key, and its signature is not by it")
            case .unknownKey: throw GateRefusal(.unknownKey, "the stamp is signed by no trusted key")
            }
        }
    }
}
