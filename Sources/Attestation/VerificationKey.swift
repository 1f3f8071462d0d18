public import Crypto
import FoundationEssentials

/// A public key that is trusted to sign stamps.
public enum VerificationKey: Sendable {
    /// ECDSA with P-256 and SHA-256.
    case p256(P256.Signing.PublicKey)
    /// Ed25519.
    case ed25519(Curve25519.Signing.PublicKey)

    /// Reads a PEM document (`PUBLIC KEY`, SubjectPublicKeyInfo of RFC 5280).
    ///
    /// - Throws: `KeyError` that says what the document is, where it is something else.
    public init(pem text: String) throws(KeyError) {
        let document = try PEMDocument(text)
        guard document.label == "PUBLIC KEY" else {
            let isPrivate = document.label.contains("PRIVATE")
            throw KeyError(
                isPrivate
                    ? "it is a private key, which does not belong here: trust its public half"
                    : "it is a PEM document of another kind: \(document.label)")
        }
        if document.bytes.starts(with: VerificationKey.ed25519Prefix) {
            guard document.bytes.count == VerificationKey.ed25519Prefix.count + 32,
                let key = try? Curve25519.Signing.PublicKey(
                    rawRepresentation: document.bytes.dropFirst(VerificationKey.ed25519Prefix.count))
            else { throw KeyError("it is a damaged Ed25519 key") }
            self = .ed25519(key)
        } else {
            guard let key = try? P256.Signing.PublicKey(pemRepresentation: document.text) else {
                throw KeyError("it is no key for P-256 or Ed25519")
            }
            self = .p256(key)
        }
    }

    /// SubjectPublicKeyInfo in DER.
    var der: [UInt8] {
        switch self {
        case .p256(let key): Array(key.derRepresentation)
        case .ed25519(let key): VerificationKey.ed25519Prefix + Array(key.rawRepresentation)
        }
    }

    /// SubjectPublicKeyInfo in PEM.
    public var pem: String { PEMDocument.text("PUBLIC KEY", der) }

    /// SHA-256 of the DER form, by which a signature hints at its key.
    public var identifier: String { Digest(of: der).hexadecimal }

    /// Whether a signature is by this key.
    func isSignature(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
        switch self {
        case .p256(let key):
            guard let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature) else { return false }
            return key.isValidSignature(signature, for: bytes)
        case .ed25519(let key): return key.isValidSignature(signature, for: bytes)
        }
    }

    /// A SubjectPublicKeyInfo up to the 32 bytes of the key (RFC 8410, section 4).
    private static let ed25519Prefix: [UInt8] = [
        0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
    ]
}
