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
    /// The most bytes of a part of a path (NAME_MAX in Linux's limits.h).
    static let maximumPart = 255

    init(_ archive: StoredBytes) { self.archive = archive }

    /// A member.
    struct Member {
        var path: String
        var kind: Kind
        var mode: UInt32
        var user: UInt32
        var group: UInt32
        var content: StoredBytes
        /// The extended attribute `security.capability`.
        var capabilities: [UInt8]?
        /// Where its header starts in the archive.
        var offset = 0
        /// The names in global extended headers before it, which docker and podman take for members' names.
        var globals: [String] = []

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
        var extended = TarExtension()
        var globals: [String] = []
        offset = place
        while let header = try nextHeader() {
            known = extended.path ?? header.shownName
            count += 1
            guard count <= TarReader.maximumMembers else {
                throw TarError.Fault.tooManyMembers(limit: TarReader.maximumMembers)
            }
            guard TarExtension.types.contains(header.type) else {
                var member = try member(header, extended)
                member.globals = globals
                return member
            }
            let content = try content(size: header.number(.size))
            try extended.add(header.type, content.all(limit: 1 << 20))
            if header.type == "g" {
                globals.append(try header.path())
                offset = place
            }
        }
        guard extended.isEmpty, globals.isEmpty else { throw TarError.Fault.extendedHeaderWithoutMember }
        return nil
    }

    /// The content after a header. The next header follows it.
    private mutating func content(size: Int) throws(TarError.Fault) -> StoredBytes {
        // umoci leaves out the padding at the end of an archive. If it ends inside the padding, Go refuses it.
        let available = archive.count - place
        guard size == available || (size < available && (size + 511) / 512 * 512 <= available) else {
            throw .truncatedContent(size: size, available: available)
        }
        defer { place += (size + 511) / 512 * 512 }
        return archive.run(at: place, count: size)
    }

    private mutating func member(_ header: TarHeader, _ extended: TarExtension) throws(TarError.Fault) -> Member {
        try header.check()
        let link = if let link = extended.link { link } else { try header.link() }
        let path = if let path = extended.path { path } else { try header.path() }
        guard !path.isEmpty else { throw .nameEmpty }
        guard path.utf8.count <= TarReader.maximumName, link.utf8.count < TarReader.maximumName else {
            throw .nameTooLong(limit: TarReader.maximumName)
        }
        let kind = try kind(header, path: path, link: link, hasOwnName: extended.path != nil)
        guard !extended.hasUserAttribute || kind == .file || kind == .folder else { throw .userAttribute }
        var size = if let size = extended.size { size } else { try header.number(.size) }
        if kind != .file {
            // Some old writers give folders and hard links a size in the header, which all readers ignore.
            guard size == 0 || (extended.size == nil && "15".contains(header.type)) else { throw .sizeWithoutContent }
            size = 0
        }
        return Member(
            path: path, kind: kind, mode: UInt32(truncatingIfNeeded: try header.number(.mode)) & 0o7777,
            user: try TarReader.owner(extended.user, "uid", header, .uid),
            group: try TarReader.owner(extended.group, "gid", header, .gid),
            content: try content(size: size), capabilities: extended.capabilities, offset: offset)
    }

    private func kind(
        _ header: TarHeader, path: String, link: String, hasOwnName: Bool
    ) throws(TarError.Fault) -> Member.Kind {
        switch header.type {
        case "0":
            // Go and Python read a file, GNU tar and libarchive a folder.
            guard path.utf8.last != ImageRoot.slash else { throw .fileNamedAsFolder }
            return .file
        case "\0":
            // Before POSIX, a folder was a file whose name ends in a slash. Python looks at the name in the header for it.
            guard path.utf8.last == ImageRoot.slash else { return .file }
            guard !hasOwnName else { throw .fileNamedAsFolder }
            return .folder
        case "1", "2":
            guard !link.isEmpty else { throw .linkEmpty }
            return header.type == "1" ? .hardLink(link) : .symbolicLink(link)
        case "3", "4", "6": return .special
        case "5": return .folder
        case "S": throw .sparseFile
        default: throw .unknownType(header.typeByte)
        }
    }

    /// The number of a user or group. The system keeps 32 bits; all of them set mean that the owner does not change (chown(2)).
    private static func owner(
        _ extended: Int?, _ key: String, _ header: TarHeader, _ field: TarError.Field
    ) throws(TarError.Fault) -> UInt32 {
        let number = if let extended { extended } else { try header.number(field) }
        guard let owner = UInt32(exactly: number), owner != UInt32.max else {
            guard extended == nil else { throw .extendedNumber(key: key, value: String(number)) }
            throw .numberTooLarge(field: field)
        }
        return owner
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
            guard second.isEmpty || second.count == 512 else { throw TarError.Fault.truncatedHeader }
            try checkEmptyRest()
            return nil
        }
        return try TarHeader(block)
    }

    /// Checks that nothing follows the end. Writers fill the last record with zeros, and readers that are told to ignore the end
    /// go on.
    private mutating func checkEmptyRest() throws {
        while place < archive.count {
            let piece = try archive.bytes(at: place, count: min(1 << 20, archive.count - place))
            guard piece.allSatisfy({ $0 == 0 }) else { throw TarError.Fault.dataAfterEmptyBlock }
            place += piece.count
        }
    }
}
