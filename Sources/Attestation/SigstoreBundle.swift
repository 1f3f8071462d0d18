import FoundationEssentials

/// A Sigstore bundle, version 0.3: an envelope for cosign and similar tools, signed with a key and not in any log.
///
/// Source: https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto
public struct SigstoreBundle: Encodable, Sendable {
    let mediaType = "application/vnd.dev.sigstore.bundle.v0.3+json"
    let verificationMaterial: Material
    let dsseEnvelope: Envelope

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
}
