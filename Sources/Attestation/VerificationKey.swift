public import Crypto
import FoundationEssentials
import SwiftASN1

/// A public key that is trusted to sign stamps.
public enum VerificationKey: Sendable {
    /// ECDSA with P-256 and SHA-256.
    case p256(P256.Signing.PublicKey)
    /// Pure Ed25519 of RFC 8032.
    case ed25519(Curve25519.Signing.PublicKey)

    /// Reads all keys of a PEM file (`PUBLIC KEY`, SubjectPublicKeyInfo of RFC 5280).
    ///
    /// - Throws: `KeyError`, which says what a document is if it is something else.
    public static func keys(pem text: String) throws(KeyError) -> [VerificationKey] {
        var keys: [VerificationKey] = []
        for document in try KeyDocument.parse(text) {
            switch document.discriminator {
            case "PUBLIC KEY": keys.append(try key(in: document))
            case let label where label.contains("PRIVATE"): throw .isPrivate
            case let label: throw .notAKey(label: label)
            }
        }
        return keys
    }

    private static func key(in document: PEMDocument) throws(KeyError) -> VerificationKey {
        if let bytes = try document.ed25519Key(after: ed25519Prefix) {
            guard !Ed25519Point.isOfSmallOrder(bytes) else { throw .smallOrder }
            guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { throw .damagedEd25519 }
            return .ed25519(key)
        }
        if document.derBytes.starts(with: compressedPrefix),
            let key = try? P256.Signing.PublicKey(
                compressedRepresentation: document.derBytes.dropFirst(compressedPrefix.count))
        {
            return .p256(key)
        }
        guard let key = try? P256.Signing.PublicKey(derRepresentation: document.derBytes) else { throw .unsupported }
        return .p256(key)
    }

    /// SubjectPublicKeyInfo of a P-256 key up to its compressed point of 33 bytes (RFC 5480, sections 2.1.1 and 2.2).
    private static let compressedPrefix: [UInt8] = [
        0x30, 0x39, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
        0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x22, 0x00,
    ]

    /// The key as SubjectPublicKeyInfo in DER.
    var der: [UInt8] {
        switch self {
        case .p256(let key): Array(key.derRepresentation)
        case .ed25519(let key): VerificationKey.ed25519Prefix + Array(key.rawRepresentation)
        }
    }

    /// The key as SubjectPublicKeyInfo in PEM, ending in a newline.
    public var pem: String { PEMDocument(type: "PUBLIC KEY", derBytes: der).pemString + "\n" }

    /// The SHA-256 digest of the DER form, which signatures carry as a hint at their key.
    public var identifier: String { Digest(of: der).hexadecimal }

    /// Whether a signature (DER for ECDSA, raw for Ed25519) is valid for these bytes and this key.
    func isSignature(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
        switch self {
        case .p256(let key):
            guard let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature) else { return false }
            return key.isValidSignature(signature, for: bytes)
        case .ed25519(let key): return key.isValidSignature(signature, for: bytes)
        }
    }

    /// SubjectPublicKeyInfo up to the 32 bytes of the key (RFC 8410, section 4).
    private static let ed25519Prefix: [UInt8] = [
        0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
    ]
}
