import FoundationEssentials
import SystemPackage

/// A package, as far as its weight goes.
struct WeighedPackage: Decodable {
    let path: String
    let folder: String?
    let files: [String]?
    let dependencies: [String]?

    enum CodingKeys: String, CodingKey {
        case path = "ImportPath"
        case folder = "Dir"
        case files = "GoFiles"
        case dependencies = "Deps"
    }

    var size: Int {
        (files ?? []).map { file in
            let path = FilePath(folder ?? "").appending(file).string
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            return (attributes?[.size] as? UInt64).map(Int.init) ?? 0
        }.reduce(0, +)
    }
}
