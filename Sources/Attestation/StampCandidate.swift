import FoundationEssentials

/// A document that may be a stamp.
enum StampCandidate {
    /// A statement without an envelope; the gate makes one only if unsigned stamps count.
    case statement([UInt8])
    /// A line of a signed stamp, which must be an envelope.
    case line(ArraySlice<UInt8>)
    /// A Sigstore bundle, which must hold an envelope.
    case bundle([UInt8])

    /// The candidates in a signed stamp: its lines.
    static func lines(of document: [UInt8]) -> [StampCandidate] { document.split(separator: 0x0a).map(line) }

    /// The candidates for a signed summary of an image.
    static func summaries(of document: StampDocument) -> [StampCandidate] {
        switch document.kind {
        case .signed: lines(of: document.bytes)
        case .sigstore: [.bundle(document.bytes)]
        case .unsigned: []
        }
    }

    /// The statement's bytes, after the signature was checked if there must be one.
    func document(_ trust: [VerificationKey]) throws(GateRefusal) -> [UInt8] {
        switch self {
        case .statement(let document): return document
        case .line(let line):
            // Most garbage does not begin like an object. Refusing it before the decoder keeps a megabyte of it cheap.
            guard line.first(where: { $0 != UInt8(ascii: " ") }) == UInt8(ascii: "{"),
                StrictJSON.accepts(line, as: Envelope.shape),
                let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(line)),
                envelope.payloadType == Envelope.statementType
            else { throw .notAnEnvelope }
            return try StampCandidate.document(in: envelope, trust)
        case .bundle(let bytes):
            guard let envelope = SigstoreBundle.envelope(in: bytes), envelope.payloadType == Envelope.statementType
            else { throw .notAnEnvelope }
            return try StampCandidate.document(in: envelope, trust)
        }
    }

    private static func document(in envelope: Envelope, _ trust: [VerificationKey]) throws(GateRefusal) -> [UInt8] {
        do { return try envelope.document(signedBy: trust) } catch { throw .envelope(error) }
    }
}
