import FoundationEssentials

/// A DSSE envelope: a document, the type that says how to read it, and signatures over both.
///
/// Source: https://github.com/secure-systems-lab/dsse/blob/master/envelope.md
public struct Envelope: Codable, Sendable {
    /// The document in base64.
    public let payload: String
    /// How to read it.
    public let payloadType: String
    /// At least one.
    public let signatures: [Signature]

    /// A signature with a hint at its key, which nobody vouches for.
    public struct Signature: Codable, Sendable {
        /// The hint.
        public let keyid: String?
        /// The signature in base64.
        public let sig: String
    }

    /// The type of in-toto statements.
    public static let statementType = "application/vnd.in-toto+json"

    /// Signs a statement's bytes.
    public init(signing document: [UInt8], with key: SigningKey) throws {
        let encoded = Envelope.preAuthenticationEncoding(type: Envelope.statementType, document)
        let signature = try key.sign(encoded)
        payload = Data(document).base64EncodedString()
        payloadType = Envelope.statementType
        signatures = [
            Signature(keyid: key.verificationKey.identifier, sig: Data(signature).base64EncodedString())
        ]
    }

    /// What is signed (protocol.md, "PAE"); lengths are those in bytes.
    static func preAuthenticationEncoding(type: String, _ document: [UInt8]) -> [UInt8] {
        Array("DSSEv1 \(type.utf8.count) \(type) \(document.count) ".utf8) + document
    }

    /// The document, where one of its signatures is by one of the keys.
    ///
    /// Every signature is tried with every key: the hint decides nothing.
    ///
    /// - Throws: `EnvelopeError` for base64 that is none, no signature, or none by these keys.
    public func document(signedBy keys: [VerificationKey]) throws(EnvelopeError) -> [UInt8] {
        guard let document = Envelope.decoded(payload), !signatures.isEmpty else { throw .malformed }
        let decoded = signatures.compactMap { signature in
            Envelope.decoded(signature.sig).map { (signature.keyid, $0) }
        }
        guard decoded.count == signatures.count else { throw .malformed }
        let encoded = Envelope.preAuthenticationEncoding(type: payloadType, document)
        let isSigned = decoded.contains { signature in
            keys.contains { $0.isSignature(signature.1, of: encoded) }
        }
        guard !isSigned else { return document }
        // A signature that claims a trusted key and is not by it says something else than one by a stranger.
        let known = Set(keys.map(\.identifier))
        throw decoded.contains { $0.0.map(known.contains) ?? false } ? .badSignature : .unknownKey
    }

    /// Standard and URL-safe base64 alike (protocol.md: verifiers must accept either).
    private static func decoded(_ text: String) -> [UInt8]? {
        var bytes = text.utf8.map { byte in
            byte == UInt8(ascii: "-") ? UInt8(ascii: "+") : byte == UInt8(ascii: "_") ? UInt8(ascii: "/") : byte
        }
        while bytes.count % 4 != 0 { bytes.append(UInt8(ascii: "=")) }
        return Data(base64Encoded: Data(bytes)).map(Array.init)
    }
}

/// Why an envelope vouches for nothing.
public enum EnvelopeError: Error, Sendable {
    /// It cannot be read.
    case malformed
    /// A signature names a trusted key, and is not by it.
    case badSignature
    /// None of the signatures is by a trusted key.
    case unknownKey
}
