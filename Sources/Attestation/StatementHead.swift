/// What says how to read the rest of a statement.
struct StatementHead: Decodable {
    static let version = "https://in-toto.io/Statement/v1"

    let type: String
    let predicateType: String

    enum CodingKeys: String, CodingKey {
        case type = "_type"
        case predicateType
    }
}
