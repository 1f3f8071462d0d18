/// Writes tar archives that depend only on their entries and one time, not on this machine.
///
/// USTAR (POSIX.1-1988, as in https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html), with a pax header
/// before an entry whose path, link target or size does not fit.
struct TarWriter {
    private(set) var bytes: [UInt8] = []
    /// Seconds since 1970, of every entry.
    let time: Int

    static let blockSize = 512

    init(time: Int) { self.time = max(0, time) }

    /// Writes an archive of entries.
    static func archive(_ entries: [TarEntry], time: Int) -> [UInt8] {
        var writer = TarWriter(time: time)
        writer.bytes.reserveCapacity(entries.reduce(2 * blockSize) { $0 + 2 * blockSize + $1.content.count })
        for entry in entries { writer.append(entry) }
        return writer.finished()
    }

    /// Appends an entry with its content.
    mutating func append(_ entry: TarEntry) {
        switch entry.kind {
        case .file(let content):
            header(entry.path, type: "0", of: entry, size: content.count)
            bytes += content
            pad(content.count)
        case .folder: header(entry.path + "/", type: "5", of: entry)
        case .link(let target): header(entry.path, type: "2", of: entry, link: target)
        }
    }

    /// The end of an archive: two empty blocks.
    static let end = [UInt8](repeating: 0, count: 2 * blockSize)

    /// Ends the archive and returns it.
    consuming func finished() -> [UInt8] { bytes + TarWriter.end }

    private mutating func header(
        _ path: String, type: Character, of entry: TarEntry, size: Int = 0, link: String = ""
    ) {
        let (user, group) = (Int(entry.owner?.user ?? 0), Int(entry.owner?.group ?? 0))
        // What does not fit into the fields of a header: 100 bytes, eleven octal digits, seven octal digits.
        let records =
            (path.utf8.count > 100 ? TarWriter.record("path", path) : [])
            + (link.utf8.count > 100 ? TarWriter.record("linkpath", link) : [])
            + (size >= 1 << 33 ? TarWriter.record("size", String(size)) : [])
            + (user >= 1 << 21 ? TarWriter.record("uid", String(user)) : [])
            + (group >= 1 << 21 ? TarWriter.record("gid", String(group)) : [])
        if !records.isEmpty {
            block(Block(name: Array("PaxHeaders/entry".utf8), type: "x", mode: 0o644, size: records.count))
            bytes += records
            pad(records.count)
        }
        block(
            Block(
                name: Array(path.utf8.prefix(100)), type: type, mode: type == "2" ? 0o777 : entry.mode, size: size,
                link: Array(link.utf8.prefix(100)), user: user, group: group))
    }

    /// The fields of a header.
    private struct Block {
        let name: [UInt8]
        let type: Character
        let mode: UInt32
        let size: Int
        var link: [UInt8] = []
        var user = 0
        var group = 0
    }

    /// A record of a pax header: `length key=value\n`. The length includes its own digits.
    private static func record(_ key: String, _ value: String) -> [UInt8] {
        let rest = " \(key)=\(value)\n".utf8.count
        var length = rest
        while String(length).count + rest != length { length = String(length).count + rest }
        return Array("\(length) \(key)=\(value)\n".utf8)
    }

    private mutating func block(_ header: Block) {
        var block = [UInt8](repeating: 0, count: TarWriter.blockSize)
        func put(_ field: some Collection<UInt8>, at offset: Int) {
            for (index, byte) in field.enumerated() { block[offset + index] = byte }
        }
        func octal(_ number: Int, digits: Int) -> [UInt8] {
            let text = String(number, radix: 8)
            return Array((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8)
        }
        put(header.name, at: 0)
        put(octal(Int(header.mode), digits: 7), at: 100)
        put(octal(header.user < 1 << 21 ? header.user : 0, digits: 7), at: 108)
        put(octal(header.group < 1 << 21 ? header.group : 0, digits: 7), at: 116)
        put(octal(header.size < 1 << 33 ? header.size : 0, digits: 11), at: 124)
        put(octal(time, digits: 11), at: 136)
        put(Array("        ".utf8), at: 148)
        put(Array(String(header.type).utf8), at: 156)
        put(header.link, at: 157)
        put(Array("ustar\u{0}00".utf8), at: 257)
        put(octal(0, digits: 7), at: 329)
        put(octal(0, digits: 7), at: 337)
        let sum = block.reduce(0) { $0 + Int($1) }
        put(octal(sum, digits: 6) + [0, 0x20], at: 148)
        bytes += block
    }

    private mutating func pad(_ size: Int) { bytes += [UInt8](repeating: 0, count: TarWriter.padding(size)) }

    private static func padding(_ size: Int) -> Int { (blockSize - size % blockSize) % blockSize }
}
