import FoundationEssentials

/// A Sigstore bundle, version 0.3: an envelope for cosign and similar tools, signed with a key and not in any log.
///
/// Source: https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto
public struct SigstoreBundle: Encodable, Sendable {
    let mediaType = SigstoreBundle.type
    let verificationMaterial: Material
    let dsseEnvelope: Envelope

    /// The media type.
    public static let type = "application/vnd.dev.sigstore.bundle.v0.3+json"

    struct Material: Encodable {
        let publicKey: PublicKey
        let tlogEntries: [String] = []
    }

    struct PublicKey: Encodable {
        /// The SHA-256 digest of the public key's DER form, in base64.
        let hint: String
    }

    init(_ envelope: Envelope, by key: VerificationKey) {
        let digest = Digest.bytes(of: key.der)
        verificationMaterial = Material(publicKey: PublicKey(hint: Data(digest).base64EncodedString()))
        dsseEnvelope = envelope
    }

    /// The envelope in a bundle, whoever wrote it; nil for anything else. Certificates and entries of logs are not read: a
    /// signature counts only by a key that is trusted.
    static func envelope(in bytes: [UInt8]) -> Envelope? {
        let shape = JSONShape.keys("mediaType", "verificationMaterial", "messageSignature")
            .with(["dsseEnvelope": Envelope.shape])
        guard StrictJSON.accepts(bytes, as: shape),
            let stored = try? JSONDecoder().decode(Stored.self, from: Data(bytes)),
            stored.mediaType.hasPrefix(StampFile.bundlePrefix)
        else { return nil }
        return stored.dsseEnvelope
    }

    private struct Stored: Decodable {
        let mediaType: String
        let dsseEnvelope: Envelope
    }
}
