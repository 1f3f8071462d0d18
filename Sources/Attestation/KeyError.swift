public import Files

/// Why a key cannot be used. Callers put the path or option that names the key in front.
public enum KeyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The key file cannot be read.
    case unreadable(FileError)
    /// Other users can read the file of a private key; `mode` holds its permission bits.
    case readableByOthers(mode: UInt32)
    /// The text holds no PEM document.
    case notPEM
    /// The PEM document has no end, is not base64, or has lines of other than 64 characters.
    case damagedPEM
    /// The private key is encrypted.
    case encrypted
    /// A public key was given instead of a private one.
    case isPublic
    /// A private key was given instead of a public one.
    case isPrivate
    /// The PEM document holds something else; `label` is the text behind BEGIN.
    case notAKey(label: String)
    /// The key is for another algorithm or curve, or is damaged.
    case unsupported
    /// The Ed25519 key does not have 32 bytes.
    case damagedEd25519
    /// The Ed25519 public key is a point of small order, for which anyone can make signatures.
    case smallOrder
    /// The file of a private key holds more than one key.
    case severalKeys(count: Int)

    /// What is wrong with the key, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let error): error.reason
        case .readableByOthers(let mode):
            "other users can read it (mode \(String(mode, radix: 8))): run chmod 600, and consider making a new key"
        case .notPEM: "not a PEM document (-----BEGIN …)"
        case .damagedPEM:
            "its PEM document is damaged: it needs lines of 64 base64 characters between -----BEGIN …----- and -----END …-----"
        case .encrypted:
            "the key is encrypted: decrypt it first (openssl pkey -in KEY -out PLAIN), or pass an unencrypted key as env:NAME"
        case .isPublic: "this is the public half of a key: sign with the private half (the file without .pub)"
        case .isPrivate: "this is a private key, which must stay secret: trust its public half (NAME.pub)"
        case .notAKey(let label): "this PEM document is not a key: \(label)"
        case .unsupported: "not a P-256 or Ed25519 key: make one with staticcheck keygen"
        case .damagedEd25519: "the Ed25519 key is damaged: it must have 32 bytes"
        case .smallOrder:
            "this Ed25519 key is a point of small order: anyone can sign for it, so trust another key"
        case .severalKeys(let count): "the file holds \(count) keys: keep the one that signs in a file of its own"
        }
    }
}
