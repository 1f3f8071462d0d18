public import Crypto
import FoundationEssentials
import SwiftASN1

/// A private key that signs stamps.
public enum SigningKey: Sendable {
    /// ECDSA with P-256 and SHA-256.
    case p256(P256.Signing.PrivateKey)
    /// Pure Ed25519 of RFC 8032, not the prehashed form.
    case ed25519(Curve25519.Signing.PrivateKey)

    /// The algorithms that keys can be made for.
    public enum Kind: String, Sendable, CaseIterable {
        /// ECDSA with P-256, which every DSSE and Sigstore client supports.
        case p256 = "ecdsa-p256"
        /// Ed25519. Its signatures are deterministic, so equal stamps are equal files.
        case ed25519
    }

    /// Makes a key from the system's random numbers.
    public init(_ kind: Kind) {
        switch kind {
        case .p256: self = .p256(P256.Signing.PrivateKey())
        case .ed25519: self = .ed25519(Curve25519.Signing.PrivateKey())
        }
    }

    /// Reads an unencrypted PEM document: PKCS#8 (`PRIVATE KEY`, RFC 5958) or SEC1 (`EC PRIVATE KEY`, RFC 5915).
    ///
    /// - Throws: `KeyError`, which says what the document is if it is something else. A second key is an error: which of them
    ///   signs would depend on their order.
    public init(pem text: String) throws(KeyError) {
        let documents = try KeyDocument.parse(text)
        guard documents.count == 1 else { throw .severalKeys(count: documents.count) }
        let document = documents[0]
        switch document.discriminator {
        case "PRIVATE KEY", "EC PRIVATE KEY": self = try SigningKey.key(in: document)
        case "PUBLIC KEY": throw .isPublic
        case let label: throw .notAKey(label: label)
        }
    }

    private static func key(in document: PEMDocument) throws(KeyError) -> SigningKey {
        if let bytes = try document.ed25519Key(after: ed25519Prefix) {
            guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes) else { throw .damagedEd25519 }
            return .ed25519(key)
        }
        guard let key = try? P256.Signing.PrivateKey(pemRepresentation: document.pemString) else { throw .unsupported }
        return .p256(key)
    }

    /// The key as PKCS#8 in PEM, ending in a newline.
    public var pem: String {
        switch self {
        case .p256(let key): key.pemRepresentation + "\n"
        case .ed25519(let key):
            PEMDocument(type: "PRIVATE KEY", derBytes: SigningKey.ed25519Prefix + Array(key.rawRepresentation))
                .pemString + "\n"
        }
    }

    /// The public half, for the gate.
    public var verificationKey: VerificationKey {
        switch self {
        case .p256(let key): .p256(key.publicKey)
        case .ed25519(let key): .ed25519(key.publicKey)
        }
    }

    /// Signs bytes: DER for ECDSA, as all DSSE clients expect, and the 64 raw bytes for Ed25519.
    func sign(_ bytes: [UInt8]) throws -> [UInt8] {
        switch self {
        case .p256(let key): Array(try key.signature(for: bytes).derRepresentation)
        case .ed25519(let key): Array(try key.signature(for: bytes))
        }
    }

    /// PKCS#8 version 1 up to the 32 bytes of the key (RFC 8410, section 7). swift-crypto reads and writes no PEM for Ed25519.
    private static let ed25519Prefix: [UInt8] = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]
}
