import TestSupport

/// An image with odd members, made again by its seed and number.
struct OddImage {
    /// The layers, the lowest first.
    private(set) var layers: [[UInt8]] = []
    /// What was made, a line for each member.
    private(set) var recipe: [String] = []
    private var random: SplitMix64
    private var count = 0
    private var used: [String] = []

    init(seed: UInt64, number: Int) {
        random = SplitMix64(seed: seed, number: number)
        for index in 0..<Int.random(in: 1...3, using: &random) {
            recipe.append("layer \(index + 1)")
            let members = (0..<Int.random(in: 1...5, using: &random)).map { _ in member() }
            layers.append(archive(members))
        }
    }

    /// Few names, so that members meet.
    private mutating func name() -> String {
        let folder = random.pick("", ["", "d/", "d/e/", "l/", "l/e/", "e/", "f/"])
        let name = folder + random.pick("app", ["app", "b", "c", "k", "m", "\u{e9}"])
        guard random.once(in: 10) else { return name }
        let others = ["./" + name, "/" + name, "x/../" + name, "../" + name, name + "/.", ".//" + name, "d/../" + name]
        return random.pick(String(repeating: "n", count: 120) + "/" + name, others)
    }

    /// The name of a folder, which a file sometimes has too.
    private mutating func folder() -> String {
        random.once(in: 8) ? name() : random.pick("d", ["d/e", "e", "l/e", "f"])
    }

    /// A name that was used, most often.
    private mutating func known() -> String {
        guard let first = used.first, !random.once(in: 12) else { return name() }
        return random.pick(first, used)
    }

    private mutating func target() -> String {
        random.pick(
            "app", ["d", "e", "d/e", "/d", "/app", "../app", "d/app", "l", "none", ".", "..", "/", "../../d", "d/../e"])
    }

    private mutating func member() -> [UInt8] {
        count += 1
        let name = name()
        let content = "content \(count)"
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<50:
            used.append(name)
            return decorated(name, content, "0", "")
        case 50..<64: return decorated(folder() + (random.once(in: 4) ? "" : "/"), "", "5", "")
        case 64..<74: return decorated(random.pick("l", ["l", "l", name, folder()]), "", "2", target())
        case 74..<82: return linked(name, content)
        case 82..<92: return decorated(whiteout(random.once(in: 2) ? known() : folder()), "", "0", "")
        case 92..<96: return decorated(name, "", "6", "")
        case 96..<99: return decorated(folder() + "/", random.once(in: 6) ? content : "", "\0", "")
        default: return decorated(name, content, random.pick("7", ["S", "D", "X", "Z", "\0", "3", "g"]), target())
        }
    }

    /// A hard link, most often to a file that is there.
    private mutating func linked(_ name: String, _ content: String) -> [UInt8] {
        guard !used.isEmpty || random.once(in: 10) else { return decorated(name, content, "0", "") }
        return decorated(name, "", "1", random.once(in: 15) ? target() : known())
    }

    private mutating func whiteout(_ name: String) -> String {
        let folder = name.split(separator: "/").dropLast().map { $0 + "/" }.joined()
        let last = name.split(separator: "/").last ?? "app"
        guard random.once(in: 3) else { return folder + ".wh.\(last)" }
        return folder
            + random.pick(
                ".wh..wh..opq",
                [".wh..wh..opq", ".wh..wh..opq", ".wh.", ".wh..", ".wh...", ".wh..wh.aufs", ".wh.\(last)/x"])
    }

    /// A member, sometimes with a header that not all readers read alike.
    private mutating func decorated(_ name: String, _ content: String, _ type: Character, _ link: String) -> [UInt8] {
        recipe.append("\(type == "\0" ? "NUL" : String(type)) \(name)\(link.isEmpty ? "" : " -> \(link)")")
        guard random.once(in: 9) || name.utf8.count > 100 else {
            return RawTar.member(name, content, type: type, link: link)
        }
        let oddity = Oddity(random.next(), name: name, other: self.name(), isLong: name.utf8.count > 100)
        recipe[recipe.count - 1] += "  (\(oddity.name))"
        return oddity.headers
            + RawTar.member(
                oddity.headerName, content, type: type, size: oddity.size.map { $0 + content.utf8.count }, user: 7,
                link: link, magic: oddity.magic, put: oddity.put)
    }

    private mutating func archive(_ members: [[UInt8]]) -> [UInt8] {
        var bytes = Array(members.joined())
        switch Int.random(in: 0..<120, using: &random) {
        case 0:
            recipe.append("cut")
            bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
        case 1:
            recipe.append("an empty block between members")
            bytes = members.map { $0 + [UInt8](repeating: 0, count: 512) }.flatMap { $0 }
        case 2...4:
            let place = Int.random(in: 0..<bytes.count, using: &random)
            recipe.append("byte \(place) changed")
            bytes[place] ^= UInt8.random(in: 1...255, using: &random)
        case 5: return bytes
        case 6: return bytes + RawTar.end + RawTar.member("app", "after the end") + RawTar.end
        default: break
        }
        return bytes + RawTar.end
    }
}
