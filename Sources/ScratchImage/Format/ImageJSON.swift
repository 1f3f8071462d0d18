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

    /// Decodes a document; nil if it is not the JSON of such a value, or of another kind of document too.
    static func value<Value: ImageDocument>(_: Value.Type, of bytes: [UInt8]) -> Value? {
        guard StrictJSON.accepts(bytes, as: Value.shape),
            let value = try? JSONDecoder().decode(Value.self, from: Data(bytes))
        else { return nil }
        guard !Value.foreignKeys.isEmpty else { return value }
        let keys = (try? JSONDecoder().decode(TopLevelKeys.self, from: Data(bytes)))?.keys ?? []
        return Value.foreignKeys.isDisjoint(with: keys) ? value : nil
    }

    /// The keys of an object.
    private struct TopLevelKeys: Decodable {
        let keys: Set<String>

        private struct Key: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }

            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            keys = Set(try decoder.container(keyedBy: Key.self).allKeys.map(\.stringValue))
        }
    }
}
