public import Crypto
import FoundationEssentials

/// A private key that signs stamps.
public enum SigningKey: Sendable {
    /// ECDSA with P-256 and SHA-256.
    case p256(P256.Signing.PrivateKey)
    /// Ed25519, as RFC 8032 has it (not the prehashed form).
    case ed25519(Curve25519.Signing.PrivateKey)

    /// The kinds of keys.
    public enum Kind: String, Sendable, CaseIterable {
        /// What every client takes.
        case p256 = "ecdsa-p256"
        /// Signatures that are the same each time.
        case ed25519
    }

    /// Makes a new key.
    public init(_ kind: Kind) {
        switch kind {
        case .p256: self = .p256(P256.Signing.PrivateKey())
        case .ed25519: self = .ed25519(Curve25519.Signing.PrivateKey())
        }
    }

    /// Reads a PEM document: PKCS#8 (`PRIVATE KEY`, RFC 5958) or SEC1 (`EC PRIVATE KEY`, RFC 5915).
    ///
    /// - Throws: `KeyError` that says what the document is, where it is something else.
    public init(pem text: String) throws(KeyError) {
        let document = try PEMDocument(text)
        switch document.label {
        case "PRIVATE KEY" where document.bytes.starts(with: SigningKey.ed25519Prefix):
            guard document.bytes.count == SigningKey.ed25519Prefix.count + 32,
                let key = try? Curve25519.Signing.PrivateKey(
                    rawRepresentation: document.bytes.dropFirst(SigningKey.ed25519Prefix.count))
            else { throw KeyError("it is a damaged Ed25519 key") }
            self = .ed25519(key)
        case "PRIVATE KEY", "EC PRIVATE KEY":
            guard let key = try? P256.Signing.PrivateKey(pemRepresentation: document.text) else {
                throw KeyError("it is no key for P-256 or Ed25519: make one with staticcheck keygen")
            }
            self = .p256(key)
        case let label where label.contains("ENCRYPTED"):
            throw KeyError(
                "it is encrypted: decrypt it first (openssl pkey -in KEY -out PLAIN), or use an unencrypted key from env:NAME"
            )
        case "PUBLIC KEY":
            throw KeyError("it is a public key; the private key signs")
        default:
            throw KeyError("it is a PEM document of another kind: \(document.label)")
        }
    }

    /// PKCS#8 in PEM.
    public var pem: String {
        switch self {
        case .p256(let key): key.pemRepresentation + "\n"
        case .ed25519(let key):
            PEMDocument.text("PRIVATE KEY", SigningKey.ed25519Prefix + Array(key.rawRepresentation))
        }
    }

    /// The public half.
    public var verificationKey: VerificationKey {
        switch self {
        case .p256(let key): .p256(key.publicKey)
        case .ed25519(let key): .ed25519(key.publicKey)
        }
    }

    /// Signs bytes: in DER for ECDSA, as all clients of DSSE expect, else the 64 bytes of Ed25519.
    func sign(_ bytes: [UInt8]) throws -> [UInt8] {
        switch self {
        case .p256(let key): Array(try key.signature(for: bytes).derRepresentation)
        case .ed25519(let key): Array(try key.signature(for: bytes))
        }
    }

    /// A PKCS#8 document of version 1 up to the 32 bytes of the key (RFC 8410, section 7).
    private static let ed25519Prefix: [UInt8] = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]
}

/// Why a key cannot be used; whoever has the path or name puts it before.
public struct KeyError: Error, Sendable, CustomStringConvertible {
    /// The message.
    public let description: String

    /// Makes an error of its message.
    public init(_ description: String) { self.description = description }
}
