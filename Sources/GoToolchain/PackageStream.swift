import FoundationEssentials

/// Reads go's output of JSON objects one behind the other.
enum PackageStream {
    static func decode<Package: Decodable>(_ text: String, as type: Package.Type = GoPackage.self) throws -> [Package] {
        // go writes each object's closing brace alone at the start of a line, and nothing else there.
        var objects: [String] = []
        var current = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            current += line + "\n"
            guard line == "}" else { continue }
            objects.append(current)
            current = ""
        }
        let decoder = JSONDecoder()
        return try objects.map { try decoder.decode(type, from: Data($0.utf8)) }
    }
}
