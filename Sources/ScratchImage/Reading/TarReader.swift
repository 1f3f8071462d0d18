import Files

/// Reads the members of a tar archive: USTAR, with the pax and GNU extensions that container tools write.
///
/// Sources: https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html and
/// https://www.gnu.org/software/tar/manual/html_node/Standard.html
struct TarReader {
    private let archive: StoredBytes
    private var place = 0
    private var count = 0

    /// The most members of one archive.
    static let maximumMembers = 1_000_000

    init(_ archive: StoredBytes) { self.archive = archive }

    /// A member.
    struct Member {
        var path: String
        var kind: Kind
        var mode: UInt32
        var user: UInt32
        var group: UInt32
        var content: StoredBytes

        enum Kind: Equatable {
            case file
            case folder
            case symbolicLink(String)
            case hardLink(String)
            /// A device, a pipe.
            case special
        }
    }

    /// The next member; nil at the end.
    ///
    /// - Throws: `ImageError` for what is no archive, or a damaged one.
    mutating func next() throws -> Member? {
        var extended: [String: String] = [:]
        while let header = try nextHeader() {
            count += 1
            guard count <= TarReader.maximumMembers else { throw ImageError("it has more than a million members") }
            let size =
                try header.hasOwnContent ? extended["size"].map(TarReader.decimal) ?? header.size() : header.size()
            guard size <= archive.count - place else { throw ImageError("it is cut off in the middle of a member") }
            let content = archive.run(at: place, count: size)
            place += (size + 511) / 512 * 512
            switch header.type {
            // An empty value takes back what is said of the member, as in the header itself.
            case "x": extended.merge(try TarReader.records(content).filter { !$0.value.isEmpty }) { $1 }
            case "g": break
            case "L": extended["path"] = try TarReader.name(content.all(limit: 1 << 16))
            case "K": extended["linkpath"] = try TarReader.name(content.all(limit: 1 << 16))
            default: return try member(header, content, extended)
            }
        }
        guard extended.isEmpty else { throw ImageError("it ends behind an extended header") }
        return nil
    }

    private func member(_ header: Header, _ content: StoredBytes, _ extended: [String: String]) throws -> Member {
        let link = try extended["linkpath"] ?? header.link()
        if extended.keys.contains(where: { $0.hasPrefix("GNU.sparse") }) || header.type == "S" {
            throw ImageError("it holds a sparse file, which no layer should")
        }
        let path = try extended["path"] ?? header.path()
        guard path.utf8.count <= 4096, link.utf8.count <= 4096 else {
            throw ImageError("it holds a name that is too long")
        }
        let kind: Member.Kind? =
            switch header.type {
            // Before POSIX a folder was a file whose name ends in a slash.
            case "0", "\0", "7": path.hasSuffix("/") ? .folder : .file
            case "1": .hardLink(link)
            case "2": .symbolicLink(link)
            case "3", "4", "6": .special
            case "5": .folder
            default: nil
            }
        guard let kind else { throw ImageError("it holds a member of an unknown type") }
        return Member(
            path: path, kind: kind, mode: UInt32(truncatingIfNeeded: try header.number(100..<108)) & 0o7777,
            user: UInt32(truncatingIfNeeded: try extended["uid"].map(TarReader.decimal) ?? header.number(108..<116)),
            group: UInt32(truncatingIfNeeded: try extended["gid"].map(TarReader.decimal) ?? header.number(116..<124)),
            content: content)
    }

    /// The next header block; nil at an empty one, or where the archive ends.
    private mutating func nextHeader() throws -> Header? {
        guard place < archive.count else { return nil }
        let block = try archive.bytes(at: place, count: 512)
        guard block.count == 512 else { throw ImageError("it is cut off in a header") }
        place += 512
        if block.allSatisfy({ $0 == 0 }) {
            // The end is two empty blocks; readers differ in what they make of one alone.
            let second = try archive.bytes(at: place, count: 512)
            guard second.allSatisfy({ $0 == 0 }) else { throw ImageError("it goes on behind an empty block") }
            return nil
        }
        return try Header(block)
    }

    /// `length key=value\n`, one after the other.
    private static func records(_ content: StoredBytes) throws -> [String: String] {
        var rest = try content.all(limit: 1 << 20)[...]
        var records: [String: String] = [:]
        while !rest.isEmpty {
            guard let space = rest.firstIndex(of: 0x20), let length = Int(text(rest[..<space])),
                length > space - rest.startIndex + 1, length <= rest.count
            else { throw ImageError("it holds a damaged extended header") }
            let record = rest[(space + 1)..<(rest.startIndex + length - 1)]
            guard let equals = record.firstIndex(of: 0x3d) else {
                throw ImageError("it holds a damaged extended header")
            }
            let value = record[(equals + 1)...]
            guard !value.contains(0) else { throw ImageError("it holds a damaged extended header") }
            records[text(record[..<equals])] = try name(value)
            rest = rest.dropFirst(length)
        }
        return records
    }

    private static func decimal(_ text: String) throws -> Int {
        guard let number = Int(text), number >= 0 else { throw ImageError("it holds a damaged number") }
        return number
    }

    /// A name up to the first NUL. What is no UTF-8 is refused: repaired, two names could become one.
    private static func name(_ bytes: some Collection<UInt8>) throws(ImageError) -> String {
        guard let text = String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self) else {
            throw ImageError("it holds a name that is not UTF-8")
        }
        return text
    }

    /// Up to the first NUL.
    private static func text(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// A header block.
    private struct Header {
        let block: [UInt8]

        init(_ block: [UInt8]) throws {
            self.block = block
            // The checksum counts its own field as spaces; some old writers summed signed bytes.
            let field = 148..<156
            let sum = block.indices.reduce(0) { $0 + (field.contains($1) ? 0x20 : Int(block[$1])) }
            let signed = block.indices.reduce(0) { $0 + (field.contains($1) ? 0x20 : Int(Int8(bitPattern: block[$1]))) }
            let stored = try number(field)
            guard stored == sum || stored == signed else { throw ImageError("it is no tar archive, or a damaged one") }
        }

        var type: Character { Character(UnicodeScalar(block[156])) }
        /// Whether the size of an extended header is about the content of this member: links and folders have none, and
        /// extended headers speak of the member behind them.
        var hasOwnContent: Bool { !"123456xgLK".contains(type) }

        func link() throws(ImageError) -> String { try TarReader.name(block[157..<257]) }

        func path() throws(ImageError) -> String {
            let name = try TarReader.name(block[0..<100])
            // The prefix is POSIX's; GNU has other things in its place.
            guard block[257..<263].elementsEqual("ustar\0".utf8) else { return name }
            // star's own format has a shorter prefix, which readers know by four letters at the end of the block.
            guard !block[508..<512].elementsEqual("tar\0".utf8) else { throw ImageError("it is in the format of star") }
            let prefix = try TarReader.name(block[345..<500])
            return prefix.isEmpty ? name : prefix + "/" + name
        }

        func size() throws -> Int {
            switch type {
            // Links have no content, whatever their size says.
            case "1", "2", "3", "4", "5", "6": 0
            default: try number(124..<136)
            }
        }

        /// Octal digits, or a number in base 256 whose first bit is set (GNU).
        func number(_ field: Range<Int>) throws -> Int {
            let bytes = block[field]
            if let first = bytes.first, first & 0x80 != 0 {
                guard first == 0x80, bytes.dropFirst().dropLast(7).allSatisfy({ $0 == 0 }) else {
                    throw ImageError("it holds a number that is too large")
                }
                return bytes.suffix(7).reduce(0) { $0 << 8 | Int($1) }
            }
            let digits = bytes.drop { $0 == 0x20 }.prefix { (0x30...0x37).contains($0) }
            guard bytes.drop(while: { $0 == 0x20 }).dropFirst(digits.count).allSatisfy({ $0 == 0x20 || $0 == 0 }),
                digits.count <= 16
            else { throw ImageError("it is no tar archive, or a damaged one") }
            return digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
        }
    }
}
