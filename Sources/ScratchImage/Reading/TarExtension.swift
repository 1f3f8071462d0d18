/// What the extended headers before a member say about it: GNU's long name (`L`) and long link (`K`), or a pax header (`x`).
///
/// Readers disagree on which of several headers counts, so a member may have one pax header, or one of each of GNU's.
struct TarExtension {
    private(set) var path: String?
    private(set) var link: String?
    private(set) var size: Int?
    private(set) var user: Int?
    private(set) var group: Int?
    /// Whether the member has an extended attribute of the namespace `user`.
    private(set) var hasUserAttribute = false
    /// The member's extended attribute `security.capability`.
    private(set) var capabilities: [UInt8]?
    private var types: Set<Character> = []

    /// Whether there is none.
    var isEmpty: Bool { types.isEmpty }

    /// The types of extended headers, with those of a global pax header.
    static let types: Set<Character> = ["x", "g", "L", "K"]

    /// Adds a header.
    mutating func add(_ type: Character, _ content: [UInt8]) throws(TarError.Fault) {
        switch type {
        case "g":
            // Go forgets what came before it.
            guard types.isEmpty else { throw .severalExtendedHeaders }
            _ = try PaxRecords(content, isGlobal: true)
            return
        case "x":
            guard types.isEmpty else { throw .severalExtendedHeaders }
            let records = try PaxRecords(content, isGlobal: false)
            path = try records.name("path")
            link = try records.name("linkpath")
            size = try records.number("size")
            user = try records.number("uid")
            group = try records.number("gid")
            hasUserAttribute = records.hasUserAttribute
            capabilities = records.capabilities
        default:
            guard !types.contains("x"), !types.contains(type) else { throw .severalExtendedHeaders }
            let name = try TarHeader.name(content)
            if type == "L" { path = name } else { link = name }
        }
        types.insert(type)
    }
}
