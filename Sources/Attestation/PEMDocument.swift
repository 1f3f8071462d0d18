import FoundationEssentials

/// The first document of a PEM file (RFC 7468).
struct PEMDocument {
    /// What stands behind BEGIN.
    let label: String
    /// The content.
    let bytes: [UInt8]
    /// The document alone, as it was written.
    let text: String

    init(_ file: String) throws(KeyError) {
        let lines = file.split(whereSeparator: \.isNewline).map { line in
            String(line.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        // openssl ecparam writes the curve's parameters before the key.
        let begin = lines.firstIndex {
            $0.hasPrefix("-----BEGIN ") && $0.hasSuffix("-----") && !$0.contains("EC PARAMETERS")
        }
        guard let begin else { throw KeyError("it is no PEM document (-----BEGIN …)") }
        let label = String(lines[begin].dropFirst(11).dropLast(5))
        let rest = lines[(begin + 1)...]
        guard let end = rest.firstIndex(of: "-----END \(label)-----") else {
            throw KeyError("its PEM document has no end (-----END \(label)-----)")
        }
        self.label = label
        // An encrypted document in the old form has header lines, which are no base64.
        let body = lines[(begin + 1)..<end].joined()
        let isEncrypted = lines[begin..<end].contains { $0.hasPrefix("Proc-Type:") }
        guard let data = isEncrypted ? Data() : Data(base64Encoded: body) else {
            throw KeyError("its PEM document is damaged")
        }
        if isEncrypted { throw KeyError("it is encrypted: decrypt it first (openssl pkey -in KEY -out PLAIN)") }
        bytes = Array(data)
        text = lines[begin...end].joined(separator: "\n") + "\n"
    }

    /// A document of 64 characters a line.
    static func text(_ label: String, _ bytes: [UInt8]) -> String {
        let body = Array(Data(bytes).base64EncodedString())
        let lines = stride(from: 0, to: body.count, by: 64).map { String(body[$0..<min($0 + 64, body.count)]) }
        return "-----BEGIN \(label)-----\n\(lines.joined(separator: "\n"))\n-----END \(label)-----\n"
    }
}
