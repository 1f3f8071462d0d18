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
            header(path: entry.path, type: "0", mode: entry.mode, size: content.count)
            bytes += content
            pad(content.count)
        case .folder: header(path: entry.path + "/", type: "5", mode: entry.mode)
        case .link(let target): header(path: entry.path, type: "2", mode: 0o777, link: target)
        }
    }

    /// The end of an archive: two empty blocks.
    static let end = [UInt8](repeating: 0, count: 2 * blockSize)

    /// Ends the archive and returns it.
    consuming func finished() -> [UInt8] { bytes + TarWriter.end }

    private mutating func header(path: String, type: Character, mode: UInt32, size: Int = 0, link: String = "") {
        let name = Array(path.utf8)
        let target = Array(link.utf8)
        if name.count > 100 || target.count > 100 || size >= 1 << 33 {
            let records =
                (name.count > 100 ? TarWriter.record("path", path) : [])
                + (target.count > 100 ? TarWriter.record("linkpath", link) : [])
                + (size >= 1 << 33 ? TarWriter.record("size", String(size)) : [])
            block(Array("PaxHeaders/entry".utf8), type: "x", mode: 0o644, size: records.count, link: [])
            bytes += records
            pad(records.count)
        }
        block(Array(name.prefix(100)), type: type, mode: mode, size: size, link: Array(target.prefix(100)))
    }

    /// A record of a pax header: `length key=value\n`. The length includes its own digits.
    private static func record(_ key: String, _ value: String) -> [UInt8] {
        let rest = " \(key)=\(value)\n".utf8.count
        var length = rest
        while String(length).count + rest != length { length = String(length).count + rest }
        return Array("\(length) \(key)=\(value)\n".utf8)
    }

    private mutating func block(_ name: [UInt8], type: Character, mode: UInt32, size: Int, link: [UInt8]) {
        var block = [UInt8](repeating: 0, count: TarWriter.blockSize)
        func put(_ field: some Collection<UInt8>, at offset: Int) {
            for (index, byte) in field.enumerated() { block[offset + index] = byte }
        }
        func octal(_ number: Int, digits: Int) -> [UInt8] {
            let text = String(number, radix: 8)
            return Array((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8)
        }
        put(name, at: 0)
        put(octal(Int(mode), digits: 7), at: 100)
        put(octal(0, digits: 7), at: 108)
        put(octal(0, digits: 7), at: 116)
        put(octal(size < 1 << 33 ? size : 0, digits: 11), at: 124)
        put(octal(time, digits: 11), at: 136)
        put(Array("        ".utf8), at: 148)
        put(Array(String(type).utf8), at: 156)
        put(link, at: 157)
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
