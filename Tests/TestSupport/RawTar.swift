/// Members of tar archives, byte by byte, as no writer of archives makes them.
///
/// Source: https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html, "ustar Interchange Format"
public enum RawTar {
    /// Magic and version of ustar and pax headers.
    public static let posix = Array("ustar\u{0}00".utf8)
    /// Magic and version of GNU headers.
    public static let gnu = Array("ustar  \u{0}".utf8)
    /// The same place in headers of the seventh edition of Unix.
    public static let old = [UInt8](repeating: 0, count: 8)
    /// The two empty blocks that end an archive.
    public static let end = [UInt8](repeating: 0, count: 1024)

    /// A member with its content.
    ///
    /// - Parameters:
    ///   - size: The size in the header; default: that of the content.
    ///   - put: Bytes at offsets of the header, written last, before the checksum.
    public static func member(
        _ name: String, _ content: String = "", type: Character = "0", size: Int? = nil, user: Int = 0,
        link: String = "", magic: [UInt8] = posix, put: [Int: [UInt8]] = [:]
    ) -> [UInt8] {
        header(name, type, size ?? content.utf8.count, user, link, magic, put) + padded(Array(content.utf8))
    }

    /// A pax header with records in full: `13 path=name\n`.
    public static func pax(_ records: [UInt8]..., type: Character = "x") -> [UInt8] {
        let content = Array(records.joined())
        return header("PaxHeaders/0", type, content.count, 0, "", posix, [:]) + padded(content)
    }

    /// A record of a pax header.
    public static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let rest = [0x20] + Array(key.utf8) + [0x3d] + value + [0x0a]
        var length = rest.count
        while String(length).utf8.count + rest.count != length { length = String(length).utf8.count + rest.count }
        return Array(String(length).utf8) + rest
    }

    /// A record of a pax header whose value is text.
    public static func record(_ key: String, _ value: String) -> [UInt8] { record(key, Array(value.utf8)) }

    /// GNU's header for a long name (`L`) or link (`K`).
    public static func long(_ name: String, type: Character = "L") -> [UInt8] {
        member("././@LongLink", name + "\u{0}", type: type, magic: gnu)
    }

    private static func header(
        _ name: String, _ type: Character, _ size: Int, _ user: Int, _ link: String, _ magic: [UInt8],
        _ fields: [Int: [UInt8]]
    ) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ bytes: some Sequence<UInt8>, at offset: Int) {
            for (index, byte) in bytes.enumerated() { block[offset + index] = byte }
        }
        func octal(_ number: Int, _ digits: Int) -> [UInt8] {
            let text = String(number, radix: 8)
            return Array((String(repeating: "0", count: digits - text.utf8.count) + text).utf8)
        }
        put(name.utf8.prefix(100), at: 0)
        put(octal(0o755, 7), at: 100)
        put(octal(user, 7), at: 108)
        put(octal(0, 7), at: 116)
        put(octal(size, 11), at: 124)
        put(octal(0, 11), at: 136)
        put(String(type).utf8, at: 156)
        put(link.utf8.prefix(100), at: 157)
        put(magic, at: 257)
        for (offset, bytes) in fields { put(bytes, at: offset) }
        put([UInt8](repeating: 0x20, count: 8), at: 148)
        put(octal(block.reduce(0) { $0 + Int($1) }, 6) + [0, 0x20], at: 148)
        return block
    }

    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
    }
}
