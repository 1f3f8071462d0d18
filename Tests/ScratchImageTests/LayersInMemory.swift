import TestSupport

@testable import ScratchImage

extension RawTar {
    /// The bytes of an archive.
    static func archive(_ members: [Layers.Member]) -> [UInt8] { Array(members.map(bytes).joined()) + end }

    private static func bytes(_ member: Layers.Member) -> [UInt8] {
        switch member {
        case .file(let name, let text, _): named(name, text, "0", "")
        case .data(let name, let bytes, _): named(name, String(decoding: bytes, as: UTF8.self), "0", "")
        case .folder(let name, _): named(name.hasSuffix("/") ? name : name + "/", "", "5", "")
        case .link(let name, let target): named(name, "", "2", target)
        case .hard(let name, let target): named(name, "", "1", target)
        }
    }

    private static func named(_ name: String, _ text: String, _ type: Character, _ target: String) -> [UInt8] {
        (name.utf8.count > 100 ? long(name) : []) + (target.utf8.count > 100 ? long(target, type: "K") : [])
            + member(name, text, type: type, link: target)
    }
}

extension Layers {
    /// Joins layers that are written here.
    static func joined(_ layers: [[Member]]) throws -> ImageRoot {
        var root = ImageRoot()
        for members in layers { try root.apply(Archive(RawTar.archive(members)).stored) }
        return root
    }
}
