/// The records of a pax header: `length key=value\n`, one after the other.
///
/// Go's archive/tar, Python's tarfile, GNU tar and libarchive read most odd records in different ways, so only those that all
/// of them read alike are accepted.
///
/// Source: https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html, "pax Extended Header"
struct PaxRecords {
    private var values: [String: [UInt8]] = [:]

    /// Keys that say what a member is, or where it goes. Their values must not be empty, and a global header must not have
    /// them: Go and libarchive pass over that header, Python and GNU tar apply it to all members after it.
    private static let decisive: Set = ["path", "linkpath", "size", "uid", "gid"]
    /// The keys of sparse files, whose content readers put together in different ways.
    private static let sparse = ["GNU.sparse.", "SCHILY.realsize", "SUN.holesdata"]
    /// Attributes that make an overlay file system show other files than the layers have
    /// (https://docs.kernel.org/filesystems/overlayfs.html).
    private static let overlay = ["SCHILY.xattr.trusted.overlay.", "SCHILY.xattr.user.overlay."]

    /// Reads the content of a header.
    ///
    /// - Parameter isGlobal: Whether it is for all members that follow.
    init(_ content: [UInt8], isGlobal: Bool) throws(TarError.Fault) {
        var rest = content[...]
        while !rest.isEmpty {
            let (key, value, length) = try PaxRecords.first(of: rest)
            try PaxRecords.check(key, value, isGlobal: isGlobal)
            guard values.updateValue(value, forKey: key) == nil else { throw .repeatedRecord(key: key) }
            rest = rest.dropFirst(length)
        }
    }

    private static func first(of rest: ArraySlice<UInt8>) throws(TarError.Fault) -> (String, [UInt8], Int) {
        guard let space = rest.firstIndex(of: 0x20), let length = number(rest[..<space]),
            length > space - rest.startIndex + 1, length <= rest.count
        else { throw .extendedRecord }
        let record = rest[(space + 1)..<(rest.startIndex + length)]
        guard record.last == 0x0a, let equals = record.firstIndex(of: 0x3d), equals > record.startIndex,
            let key = String(validating: record[..<equals], as: UTF8.self), !key.utf8.contains(0)
        else { throw .extendedRecord }
        return (key, Array(record[(equals + 1)...].dropLast()), length)
    }

    private static func check(_ key: String, _ value: [UInt8], isGlobal: Bool) throws(TarError.Fault) {
        guard !sparse.contains(where: key.hasPrefix) else { throw .sparseFile }
        guard !overlay.contains(where: key.hasPrefix) else { throw .overlayAttribute(key: key) }
        if decisive.contains(key) {
            guard !isGlobal else { throw .globalRecord(key: key) }
            guard !value.isEmpty else { throw .emptyRecord(key: key) }
        }
        if ["path", "linkpath", "uname", "gname"].contains(key), value.contains(0) { throw .extendedRecord }
        if ["mtime", "atime", "ctime"].contains(key), !isTime(value) {
            throw .extendedNumber(key: key, value: String(decoding: value, as: UTF8.self))
        }
    }

    /// Seconds, perhaps with a fraction or a minus. Go refuses an archive with other times.
    private static func isTime(_ value: [UInt8]) -> Bool {
        let parts = value.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let seconds = parts.first.map { $0.first == UInt8(ascii: "-") ? $0.dropFirst() : $0 } ?? []
        return value.isEmpty
            || (number(seconds) != nil && parts.dropFirst().allSatisfy { $0.allSatisfy(isDigit) })
    }

    /// A number in decimal digits and nothing else; nil if it has other characters, or does not fit 63 bits.
    private static func number(_ digits: some Collection<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// Whether there is an extended attribute of the namespace `user`.
    var hasUserAttribute: Bool { values.keys.contains { $0.hasPrefix("SCHILY.xattr.user.") } }

    /// The extended attribute `security.capability`; nil if there is none.
    var capabilities: [UInt8]? { values["SCHILY.xattr.security.capability"] }

    /// A name; nil if there is none.
    func name(_ key: String) throws(TarError.Fault) -> String? {
        guard let value = values[key] else { return nil }
        return try TarHeader.name(value)
    }

    /// A number; nil if there is none.
    func number(_ key: String) throws(TarError.Fault) -> Int? {
        guard let value = values[key] else { return nil }
        guard let number = PaxRecords.number(value) else {
            throw .extendedNumber(key: key, value: String(decoding: value, as: UTF8.self))
        }
        return number
    }
}
