import TestSupport

/// A way to write a member of an archive: with extended headers, or with odd values in its header fields.
struct Oddity {
    let name: String
    private(set) var headers: [UInt8] = []
    private(set) var headerName: String
    private(set) var magic = RawTar.posix
    /// What the size says beyond the content; nil for the right one.
    private(set) var size: Int?
    private(set) var put: [Int: [UInt8]] = [:]

    /// - Parameters:
    ///   - choice: A random number.
    ///   - other: Another name, where a reader may find one.
    ///   - isLong: Whether the name does not fit the header.
    init(_ choice: UInt64, name: String, other: String, isLong: Bool) {
        headerName = name
        func path(_ value: String) -> [UInt8] { RawTar.pax(RawTar.record("path", value)) }
        func pax(_ key: String, _ value: String, type: Character = "x") -> [UInt8] {
            RawTar.pax(RawTar.record(key, value), type: type)
        }
        let common: [(String, [UInt8])] = [
            ("GNU name", RawTar.long(name)), ("pax path", path(name)),
        ]
        let extended: [(String, [UInt8])] = [
            ("two GNU names", RawTar.long(other) + RawTar.long(name)),
            ("two pax headers", path(name) + path(other)),
            ("two pax headers, one of another key", path(name) + pax("mtime", "1")),
            ("GNU name, pax path", RawTar.long(name) + path(other)),
            ("pax path, GNU name", path(other) + RawTar.long(name)),
            ("pax path, global header", path(other) + pax("comment", "c", type: "g")),
            ("global header, pax path", pax("comment", "c", type: "g") + path(name)),
            ("global path", pax("path", other, type: "g")),
            ("global header", pax("comment", "c", type: "g")),
            ("global header of another name", RawTar.member(other, "13 comment=c\n", type: "g")),
            ("empty pax path", path("")),
            ("pax path twice", RawTar.pax(RawTar.record("path", other), RawTar.record("path", name))),
            ("pax path, then empty", RawTar.pax(RawTar.record("path", other), RawTar.record("path", ""))),
            ("GNU link", RawTar.long(other, type: "K")), ("pax link", pax("linkpath", other)),
            ("empty pax link", pax("linkpath", "")),
            ("GNU link, pax link", RawTar.long(other, type: "K") + pax("linkpath", "app")),
            ("pax size 0", pax("size", "0")), ("pax size 4", pax("size", "4")), ("pax size 600", pax("size", "600")),
            ("pax size +9", pax("size", "+9")), ("pax size empty", pax("size", "")), ("pax size 09", pax("size", "09")),
            ("pax uid of 33 bits", pax("uid", "4294967296")), ("pax uid", pax("uid", "65532")),
            ("attribute", RawTar.pax(RawTar.record("SCHILY.xattr.user.x", [0, 255, 10]))),
            ("plus in a record", RawTar.pax(Array("+\(name.utf8.count + 10) path=\(name)\n".utf8))),
            ("record without newline", RawTar.pax(Array("12 path=app ".utf8))), ("NUL in a record", path("app\u{0}x")),
            ("NUL in a key", pax("pa\u{0}th", other)),
            ("bytes after the records", RawTar.pax(RawTar.record("path", name), [0])),
            ("sparse", pax("GNU.sparse.name", other)), ("time", pax("mtime", "12.5")), ("odd time", pax("mtime", "x")),
            ("pax path with a slash", path(name + "/")), ("empty pax header", RawTar.pax()),
        ]
        guard !isLong, choice % 4 != 0 else {
            (self.name, headers) = common[Int(choice / 4 % UInt64(common.count))]
            headerName = isLong ? "cut" : headerName
            return
        }
        let fields: [(String, [Int: [UInt8]], magic: [UInt8], size: Int?)] = [
            ("prefix", [345: Array("d".utf8)], RawTar.posix, nil),
            ("prefix under GNU magic", [345: Array("d".utf8)], RawTar.gnu, nil),
            ("prefix without magic", [345: Array("d".utf8)], RawTar.old, nil), ("GNU magic", [:], RawTar.gnu, nil),
            ("no magic", [:], RawTar.old, nil), ("GNU times", [345: Array("00000000001\0".utf8)], RawTar.gnu, nil),
            ("star", [345: Array("d".utf8), 508: Array("tar\0".utf8)], RawTar.posix, nil),
            ("size beyond", [:], RawTar.posix, 512), ("size below", [:], RawTar.posix, -4),
            ("size in base 256", [124: [0x80] + [UInt8](repeating: 0, count: 10) + [9]], RawTar.posix, nil),
            ("negative size", [124: [UInt8](repeating: 255, count: 12)], RawTar.posix, nil),
            ("odd mode", [100: Array("644\u{0}7\0\0\0".utf8)], RawTar.posix, nil),
            ("mode with letters", [100: Array("rwxr-xr".utf8)], RawTar.posix, nil),
            ("user of 33 bits", [108: [0x80, 0, 0, 1, 0, 0, 0, 0]], RawTar.posix, nil),
            ("odd time", [136: Array("now".utf8)], RawTar.posix, nil),
            ("negative time", [136: [UInt8](repeating: 255, count: 12)], RawTar.posix, nil),
            ("odd device", [329: Array("x".utf8)], RawTar.posix, nil),
            ("bytes after the name", [99: Array("x".utf8)], RawTar.posix, nil),
            ("no name", [0: [0]], RawTar.posix, nil),
            ("slash after the name", [name.utf8.count: Array("/".utf8)], RawTar.posix, nil),
        ]
        let index = Int(choice / 4 % UInt64(extended.count + fields.count))
        if index < extended.count {
            (self.name, headers) = extended[index]
        } else {
            (self.name, put, magic, size) = fields[index - extended.count]
        }
    }
}
