import Attestation
import FoundationEssentials

/// The JSON documents of images. Keys are sorted and there is no white space, so that equal values are equal bytes.
///
/// Source: https://github.com/opencontainers/image-spec/blob/main/canonicalization.md
enum ImageJSON {
    static func bytes(of value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    /// Decodes a document; nil if it is not the JSON of such a value.
    static func value<Value: Decodable>(_: Value.Type, of bytes: [UInt8]) -> Value? {
        // Clients written in Go take the last of two equal keys, and treat User and user as equal: a document that two
        // clients could read differently is refused.
        guard StrictJSON.accepts(bytes, foldingCase: true) else { return nil }
        return try? JSONDecoder().decode(Value.self, from: Data(bytes))
    }
}
