import FoundationEssentials

/// A request or a response of the protocol, with the fields that are counted.
///
/// Source: cmd/go/internal/cacheprog of Go 1.24 to 1.27. As encoding/json does, the names of fields are compared without case.
struct CacheMessage: Decodable {
    let id: Int64
    let command: String?
    /// The key of the object, in base64.
    let actionID: String?
    /// The file that the program offers.
    let diskPath: String?
    let error: String?
    let knownCommands: [String]?
    let isMiss: Bool
    let size: Int

    /// Reads one JSON object; nil if it is none, or a field has another type.
    init?(_ object: [UInt8]) {
        guard let message = try? JSONDecoder().decode(CacheMessage.self, from: Data(object)) else { return nil }
        self = message
    }

    private struct Key: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        func value<Value: Decodable>(_ name: String) throws -> Value? {
            guard let key = values.allKeys.first(where: { $0.stringValue.lowercased() == name }) else { return nil }
            return try values.decodeIfPresent(Value.self, forKey: key)
        }
        id = try value("id") ?? 0
        command = try value("command")
        actionID = try value("actionid")
        diskPath = try value("diskpath")
        error = try value("err")
        knownCommands = try value("knowncommands")
        isMiss = try value("miss") ?? false
        size = try value("size") ?? 0
    }
}
