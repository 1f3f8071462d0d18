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
            let value = try? JSONDecoder().decode(Value.self, from: Data(bytes)), value.isOfKnownForm
        else { return nil }
        guard !Value.foreignKeys.isEmpty else { return value }
        return Value.foreignKeys.isDisjoint(with: keys(of: bytes)) ? value : nil
    }

    /// What a client could take an object for: the kinds of documents whose required keys it has, in any case.
    static func kinds(of bytes: [UInt8]) -> [String] {
        let keys = Set(keys(of: bytes).map { $0.lowercased() })
        let required = [
            ImageIndex.kind: ["manifests"], ImageManifest.kind: ["config", "layers"],
            ImageConfiguration.kind: ["rootfs"],
        ]
        return required.filter { keys.isSuperset(of: $0.value) }.map(\.key)
    }

    private static func keys(of bytes: [UInt8]) -> Set<String> {
        (try? JSONDecoder().decode(TopLevelKeys.self, from: Data(bytes)))?.keys ?? []
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
