/// The header block of a member of a tar archive, 512 bytes.
///
/// Source: https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html, "ustar Interchange Format"
struct TarHeader {
    private let block: [UInt8]

    init(_ block: [UInt8]) throws(TarError.Fault) {
        self.block = block
        // The checksum counts its own field as spaces. Some old writers added up signed bytes.
        let field = TarHeader.place(of: .checksum)
        let sum = block.indices.reduce(0) { $0 + (field.contains($1) ? 0x20 : Int(block[$1])) }
        let signed = block.indices.reduce(0) { $0 + (field.contains($1) ? 0x20 : Int(Int8(bitPattern: block[$1]))) }
        let stored = try TarHeader.octal(block[field], .checksum)
        guard stored == sum || stored == signed else { throw .checksum(stored: stored, computed: sum) }
    }

    var typeByte: UInt8 { block[156] }
    var type: Character { Character(UnicodeScalar(typeByte)) }

    /// The name for errors: bytes that are not UTF-8 are replaced.
    var shownName: String {
        let prefix = hasPrefix ? TarHeader.text(block[345..<500]) : ""
        return (prefix.isEmpty ? "" : prefix + "/") + TarHeader.text(block[0..<100])
    }

    func link() throws(TarError.Fault) -> String { try TarHeader.name(block[157..<257]) }

    func path() throws(TarError.Fault) -> String {
        let name = try TarHeader.name(block[0..<100])
        guard hasPrefix else { return name }
        // star's format has a shorter prefix. Readers recognise it by four letters at the end of the block.
        guard !block[508..<512].elementsEqual("tar\0".utf8) else { throw .starFormat }
        let prefix = try TarHeader.name(block[345..<500])
        return prefix.isEmpty ? name : prefix + "/" + name
    }

    /// Whether this is a POSIX header, which stores the first part of a long name in the prefix field.
    private var hasPrefix: Bool { block[257..<263].elementsEqual("ustar\0".utf8) }

    /// Checks the fields that nothing here depends on, as other readers do.
    func check() throws(TarError.Fault) {
        // Some readers take the field for a name in other formats too.
        guard hasPrefix || block[345..<500].allSatisfy({ $0 == 0 }) else { throw .prefixOutsideOfPOSIX }
        _ = try TarHeader.octal(block[TarHeader.place(of: .devmajor)], .devmajor)
        _ = try TarHeader.octal(block[TarHeader.place(of: .devminor)], .devminor)
        let time = Array(block[TarHeader.place(of: .mtime)])
        guard let first = time.first, first & 0x80 != 0 else {
            _ = try TarHeader.octal(time, .mtime)
            return
        }
        // Base 256, perhaps negative, in 64 bits.
        let sign = time[4] & 0x80 == 0 ? (first: 0x80 as UInt8, rest: 0x00 as UInt8) : (first: 0xff, rest: 0xff)
        guard first == sign.first, time[1..<4].allSatisfy({ $0 == sign.rest }) else {
            throw .numberTooLarge(field: .mtime)
        }
    }

    private static func place(of field: TarError.Field) -> Range<Int> {
        switch field {
        case .mode: 100..<108
        case .uid: 108..<116
        case .gid: 116..<124
        case .size: 124..<136
        case .mtime: 136..<148
        case .checksum: 148..<156
        case .devmajor: 329..<337
        case .devminor: 337..<345
        }
    }

    /// Octal digits, or a number in base 256 if the first bit is set (GNU).
    func number(_ field: TarError.Field) throws(TarError.Fault) -> Int {
        let bytes = block[TarHeader.place(of: field)]
        if let first = bytes.first, first & 0x80 != 0 {
            guard first == 0x80, bytes.dropFirst().dropLast(7).allSatisfy({ $0 == 0 }) else {
                throw .numberTooLarge(field: field)
            }
            return bytes.suffix(7).reduce(0) { $0 << 8 | Int($1) }
        }
        return try TarHeader.octal(bytes, field)
    }

    private static func octal(_ bytes: some Collection<UInt8>, _ field: TarError.Field) throws(TarError.Fault) -> Int {
        let digits = bytes.drop { $0 == 0x20 }.prefix { (0x30...0x37).contains($0) }
        guard bytes.drop(while: { $0 == 0x20 }).dropFirst(digits.count).allSatisfy({ $0 == 0x20 || $0 == 0 }),
            digits.count <= 16
        else { throw .notOctal(field: field) }
        return digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
    }

    /// A name up to the first NUL. A name that is not UTF-8 is refused: if it were repaired, two names could become one.
    static func name(_ bytes: some Collection<UInt8>) throws(TarError.Fault) -> String {
        guard let text = String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self) else { throw .nameNotUTF8 }
        return text
    }

    /// The text up to the first NUL, repaired.
    static func text(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}
