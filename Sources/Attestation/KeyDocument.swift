import SwiftASN1

/// The PEM document (RFC 7468) of a key file.
enum KeyDocument {
    /// Finds the keys in the text of a file: at least one.
    ///
    /// - Throws: `KeyError` if there is no PEM document, if one is damaged, or if a key is encrypted.
    static func parse(_ text: String) throws(KeyError) -> [PEMDocument] {
        // OpenSSL's old form of an encrypted key has header lines, which RFC 7468 does not allow.
        guard !text.contains("Proc-Type: 4,ENCRYPTED") else { throw .encrypted }
        let documents: [PEMDocument]
        do { documents = try PEMDocument.parseMultiple(pemString: text) } catch { throw .damagedPEM }
        // openssl ecparam writes the parameters of the curve before the key.
        let keys = documents.filter { $0.discriminator != "EC PARAMETERS" }
        guard !keys.isEmpty else { throw .notPEM }
        guard !keys.contains(where: { $0.discriminator.contains("ENCRYPTED") }) else { throw .encrypted }
        return keys
    }
}

extension PEMDocument {
    /// The 32 bytes of an Ed25519 key behind a fixed prefix; nil if the document is for another algorithm.
    ///
    /// - Parameter prefix: All of the DER document but the key, which has one form only (RFC 8410).
    /// - Throws: `KeyError.damagedEd25519` if the key has another length.
    func ed25519Key(after prefix: [UInt8]) throws(KeyError) -> ArraySlice<UInt8>? {
        guard derBytes.starts(with: prefix) else { return nil }
        guard derBytes.count == prefix.count + 32 else { throw .damagedEd25519 }
        return derBytes.dropFirst(prefix.count)
    }
}
