import Attestation
import FoundationEssentials

/// JSON documents of images: with sorted keys and no space, so that the same value is always the same bytes.
enum ImageJSON {
    static func bytes(of value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    static func value<Value: Decodable>(_: Value.Type, of bytes: [UInt8]) -> Value? {
        // Clients in Go take the last of two keys, and do not tell User from user: what they could read otherwise is no document.
        guard StrictJSON.accepts(bytes, foldingCase: true) else { return nil }
        return try? JSONDecoder().decode(Value.self, from: Data(bytes))
    }
}
