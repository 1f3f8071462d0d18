/// The key of an object in a build cache, as build IDs show it: the first 15 bytes of the action ID, in base64url.
///
/// Source: HashToString in cmd/internal/buildid of Go.
public struct ObjectKey: Sendable, Hashable, Codable {
    /// 20 characters.
    public let text: String

    /// Reads the action ID of a request, in base64; nil if it is shorter.
    init?(actionID: String) {
        self.init(prefix: actionID.replacing("+", with: "-").replacing("/", with: "_"))
    }

    /// Reads the build ID of a compiled package, which begins with its action ID.
    public init?(buildID: String) {
        self.init(prefix: buildID)
    }

    private init?(prefix text: String) {
        let key = text.utf8.prefix(20)
        let isKey = key.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "_"): true
            default: false
            }
        }
        guard key.count == 20, isKey else { return nil }
        self.text = String(decoding: key, as: UTF8.self)
    }
}
