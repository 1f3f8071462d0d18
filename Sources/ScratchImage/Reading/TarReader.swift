import Files

/// Reads the members of a tar archive: USTAR, with the pax and GNU extensions that container tools write.
///
/// Sources: https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html and
/// https://www.gnu.org/software/tar/manual/html_node/Standard.html
struct TarReader {
    private let archive: StoredBytes
    private var place = 0
    private var count = 0
    /// Where the member that is read starts: at its extended headers, if it has some.
    private var offset = 0

    /// The most members of one archive.
    static let maximumMembers = 1_000_000
    /// The most bytes of a path (PATH_MAX in Linux's limits.h).
    static let maximumName = 4096

    init(_ archive: StoredBytes) { self.archive = archive }

    /// A member.
    struct Member {
        var path: String
        var kind: Kind
        var mode: UInt32
        var user: UInt32
        var group: UInt32
        var content: StoredBytes
        /// Where its header starts in the archive.
        var offset = 0

        enum Kind: Equatable {
            case file
            case folder
            case symbolicLink(String)
            case hardLink(String)
            /// A device or a pipe.
            case special
        }

        /// The error for what is wrong with this member.
        func error(_ fault: TarError.Fault) -> TarError { TarError(offset: offset, member: path, fault: fault) }
    }

    /// The next member; nil at the end.
    ///
    /// - Throws: `TarError` for data that is not an archive, or a damaged one; `FileError` if it cannot be read.
    mutating func next() throws -> Member? {
        var known: String?
        do {
            return try next(&known)
        } catch let fault as TarError.Fault {
            throw TarError(offset: offset, member: known, fault: fault)
        }
    }

    /// - Parameter known: Gets the name of the member as soon as it is known, for errors.
    private mutating func next(_ known: inout String?) throws -> Member? {
        var extended: [String: String] = [:]
        offset = place
        while let header = try nextHeader() {
            known = extended["path"] ?? header.shownName
            count += 1
            guard count <= TarReader.maximumMembers else {
                throw TarError.Fault.tooManyMembers(limit: TarReader.maximumMembers)
            }
            let size = try header.hasOwnContent ? extended.number("size") ?? header.size() : header.size()
            guard size <= archive.count - place else {
                throw TarError.Fault.truncatedContent(size: size, available: archive.count - place)
            }
            let content = archive.run(at: place, count: size)
            place += (size + 511) / 512 * 512
            switch header.type {
            // An empty value takes back what an earlier record says, so that the header itself counts.
            case "x": extended.merge(try TarReader.records(content).filter { !$0.value.isEmpty }) { $1 }
            case "g": break
            case "L": extended["path"] = try TarHeader.name(content.all(limit: 1 << 16))
            case "K": extended["linkpath"] = try TarHeader.name(content.all(limit: 1 << 16))
            default: return try member(header, content, extended)
            }
            if header.type == "g" { offset = place }
        }
        guard extended.isEmpty else { throw TarError.Fault.extendedHeaderWithoutMember }
        return nil
    }

    private func member(_ header: TarHeader, _ content: StoredBytes, _ extended: [String: String]) throws -> Member {
        let link = try extended["linkpath"] ?? header.link()
        if extended.keys.contains(where: { $0.hasPrefix("GNU.sparse") }) || header.type == "S" {
            throw TarError.Fault.sparseFile
        }
        let path = try extended["path"] ?? header.path()
        guard path.utf8.count <= TarReader.maximumName, link.utf8.count <= TarReader.maximumName else {
            throw TarError.Fault.nameTooLong(limit: TarReader.maximumName)
        }
        let kind: Member.Kind? =
            switch header.type {
            // Before POSIX, a folder was a file whose name ends in a slash.
            case "0", "\0", "7": path.hasSuffix("/") ? .folder : .file
            case "1": .hardLink(link)
            case "2": .symbolicLink(link)
            case "3", "4", "6": .special
            case "5": .folder
            default: nil
            }
        guard let kind else { throw TarError.Fault.unknownType(header.typeByte) }
        return Member(
            path: path, kind: kind, mode: UInt32(truncatingIfNeeded: try header.number(.mode)) & 0o7777,
            user: UInt32(truncatingIfNeeded: try extended.number("uid") ?? header.number(.uid)),
            group: UInt32(truncatingIfNeeded: try extended.number("gid") ?? header.number(.gid)),
            content: content, offset: offset)
    }

    /// The next header block; nil at an empty one, and at the end of the file.
    private mutating func nextHeader() throws -> TarHeader? {
        guard place < archive.count else { return nil }
        let block = try archive.bytes(at: place, count: 512)
        guard block.count == 512 else { throw TarError.Fault.truncatedHeader }
        place += 512
        if block.allSatisfy({ $0 == 0 }) {
            // The end is two empty blocks. Readers differ in what they make of a single one.
            let second = try archive.bytes(at: place, count: 512)
            guard second.allSatisfy({ $0 == 0 }) else { throw TarError.Fault.dataAfterEmptyBlock }
            return nil
        }
        return try TarHeader(block)
    }

    /// The records of a pax header: `length key=value\n`, one after the other.
    private static func records(_ content: StoredBytes) throws -> [String: String] {
        var rest = try content.all(limit: 1 << 20)[...]
        var records: [String: String] = [:]
        while !rest.isEmpty {
            guard let space = rest.firstIndex(of: 0x20), let length = Int(TarHeader.text(rest[..<space])),
                length > space - rest.startIndex + 1, length <= rest.count
            else { throw TarError.Fault.extendedRecord }
            let record = rest[(space + 1)..<(rest.startIndex + length - 1)]
            guard let equals = record.firstIndex(of: 0x3d), !record[(equals + 1)...].contains(0) else {
                throw TarError.Fault.extendedRecord
            }
            records[TarHeader.text(record[..<equals])] = try TarHeader.name(record[(equals + 1)...])
            rest = rest.dropFirst(length)
        }
        return records
    }
}

extension [String: String] {
    /// A number in the records of a pax header.
    fileprivate func number(_ key: String) throws(TarError.Fault) -> Int? {
        guard let value = self[key] else { return nil }
        guard let number = Int(value), number >= 0 else { throw .extendedNumber(key: key, value: value) }
        return number
    }
}
