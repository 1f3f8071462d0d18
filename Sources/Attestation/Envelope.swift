import FoundationEssentials

/// A DSSE envelope: a document, its type, and signatures over both.
///
/// Source: https://github.com/secure-systems-lab/dsse/blob/master/envelope.md
public struct Envelope: Codable, Sendable {
    /// The document in base64, standard or URL-safe.
    public let payload: String
    /// The media type of the document. It is signed too, so one document cannot be passed off as another kind.
    public let payloadType: String
    /// One or more signatures; an envelope without any is malformed.
    public let signatures: [Signature]

    /// A signature, and a hint at the key that made it.
    public struct Signature: Codable, Sendable {
        /// The hint. It is not signed and decides nothing.
        public let keyid: String?
        /// The signature in base64, standard or URL-safe.
        public let sig: String
    }

    /// The keys, in any spelling.
    static let shape = JSONShape.keys("payload", "payloadType").with(["signatures": .list(.keys("keyid", "sig"))])

    /// The media type of in-toto statements.
    public static let statementType = "application/vnd.in-toto+json"

    /// Signs the bytes of a statement.
    ///
    /// - Throws: The error of the cryptographic library if the key does not sign.
    public init(signing document: [UInt8], with key: SigningKey) throws {
        let encoded = Envelope.preAuthenticationEncoding(type: Envelope.statementType, document)
        let signature = try key.sign(encoded)
        payload = Data(document).base64EncodedString()
        payloadType = Envelope.statementType
        signatures = [
            Signature(keyid: key.verificationKey.identifier, sig: Data(signature).base64EncodedString())
        ]
    }

    /// The bytes that are signed ("PAE" in DSSE's protocol.md). Lengths count bytes.
    static func preAuthenticationEncoding(type: String, _ document: [UInt8]) -> [UInt8] {
        Array("DSSEv1 \(type.utf8.count) \(type) \(document.count) ".utf8) + document
    }

    /// The document, without checking any signature; nil if the payload is not base64.
    var document: [UInt8]? { Envelope.decoded(payload) }

    /// Returns the document if at least one signature is valid for one of the keys.
    ///
    /// Each signature is tried with each key; the hints are ignored.
    ///
    /// - Throws: `EnvelopeError` if the base64 is invalid, there is no signature, or no signature is valid for these keys.
    public func document(signedBy keys: [VerificationKey]) throws(EnvelopeError) -> [UInt8] {
        guard let document else { throw .payloadIsNotBase64 }
        guard !signatures.isEmpty else { throw .notSigned }
        let decoded = signatures.compactMap { signature in
            Envelope.decoded(signature.sig).map { (signature.keyid, $0) }
        }
        guard decoded.count == signatures.count else { throw .signatureIsNotBase64 }
        let encoded = Envelope.preAuthenticationEncoding(type: payloadType, document)
        let isSigned = decoded.contains { signature in
            keys.contains { $0.isSignature(signature.1, of: encoded) }
        }
        guard !isSigned else { return document }
        // A bad signature that names a trusted key suggests tampering; a signature by a stranger does not.
        let known = Set(keys.map(\.identifier))
        throw decoded.contains { $0.0.map(known.contains) ?? false } ? .badSignature : .unknownKey
    }

    /// Decodes standard or URL-safe base64, padded or not: verifiers must accept either (DSSE's protocol.md).
    private static func decoded(_ text: String) -> [UInt8]? {
        var bytes = text.utf8.map { byte in
            byte == UInt8(ascii: "-") ? UInt8(ascii: "+") : byte == UInt8(ascii: "_") ? UInt8(ascii: "/") : byte
        }
        while bytes.count % 4 != 0 { bytes.append(UInt8(ascii: "=")) }
        return Data(base64Encoded: Data(bytes)).map(Array.init)
    }
}

/// Why an envelope proves nothing.
public enum EnvelopeError: Error, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// The document is not base64.
    case payloadIsNotBase64
    /// A signature is not base64.
    case signatureIsNotBase64
    /// The envelope has no signature.
    case notSigned
    /// A signature names a trusted key but is not valid for it.
    case badSignature
    /// None of the signatures is by a trusted key.
    case unknownKey

    /// What is wrong with the envelope.
    public var description: String {
        switch self {
        case .payloadIsNotBase64: "the stamp's envelope is damaged: its payload is not base64"
        case .signatureIsNotBase64: "the stamp's envelope is damaged: a signature is not base64"
        case .notSigned: "the stamp's envelope is damaged: it has no signature"
        case .badSignature:
            "the stamp names a trusted key, but its signature is not valid: the stamp or the signature was changed"
        case .unknownKey:
            "the stamp is not signed by a trusted key: trust its key with --trust, or stamp the file again"
        }
    }
}
