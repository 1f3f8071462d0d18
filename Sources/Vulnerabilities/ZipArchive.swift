import Compression
import Files

/// A zip archive, of which single files are read.
///
/// Only the directory at the end of the archive is believed, like Go's archive/zip does it. Archives of several volumes, zip64
/// and encryption are refused.
///
/// Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
struct ZipArchive: Sendable {
    private let archive: StoredBytes
    private let entries: [String: Entry]

    /// A file in the archive.
    fileprivate struct Entry: Sendable {
        let method: Int
        let isEncrypted: Bool
        let checksum: UInt32
        let storedSize: Int
        let size: Int
        /// Where its own header begins.
        let offset: Int
    }

    private static let endSize = 22
    private static let headSize = 46
    private static let localSize = 30
    /// Room for more files than an archive without zip64 can have.
    private static let directoryLimit = 16 << 20

    /// Reads the directory of an archive.
    ///
    /// - Throws: `ZipFault` if the archive is damaged or of another kind, `FileError`.
    init(_ archive: StoredBytes) throws {
        self.archive = archive
        let (place, size, count) = try ZipArchive.directory(of: archive)
        let words = LittleEndian(try archive.bytes(at: place, count: size))
        var entries: [String: Entry] = [:]
        entries.reserveCapacity(count)
        var start = 0
        for _ in 0..<count {
            guard words.number(at: start, 4) == 0x0201_4b50, let nameSize = words.number(at: start + 28, 2),
                let extraSize = words.number(at: start + 30, 2), let commentSize = words.number(at: start + 32, 2),
                let name = words.text(at: start + ZipArchive.headSize, count: nameSize)
            else { throw ZipFault.damaged("its directory") }
            guard entries.updateValue(try Entry(words, at: start), forKey: name) == nil else {
                throw ZipFault.twice(name)
            }
            start += ZipArchive.headSize + nameSize + extraSize + commentSize
        }
        self.entries = entries
    }

    /// The place and size of the directory, and the number of its entries.
    private static func directory(of archive: StoredBytes) throws -> (place: Int, size: Int, count: Int) {
        let length = min(archive.count, endSize + Int(UInt16.max))
        let words = LittleEndian(try archive.bytes(at: archive.count - length, count: length))
        // A comment of any length may follow, so the last record whose comment ends with the archive counts.
        for start in stride(from: length - endSize, through: 0, by: -1)
        where words.number(at: start, 4) == 0x0605_4b50 && words.number(at: start + 20, 2) == length - start - endSize {
            guard words.number(at: start + 4, 4) == 0, let own = words.number(at: start + 8, 2),
                let count = words.number(at: start + 10, 2), own == count, count < Int(UInt16.max),
                let size = words.number(at: start + 12, 4), let place = words.number(at: start + 16, 4),
                size <= directoryLimit,
                place + size <= archive.count - length + start
            else { throw ZipFault.damaged("the record at its end (zip64 and several volumes are not read)") }
            return (place, size, count)
        }
        throw ZipFault.notZip
    }

    /// A file; nil if the archive does not have it.
    ///
    /// - Throws: `ZipFault` if it is damaged or larger than the limit, `FileError`, `CompressionError`.
    func file(_ name: String, limit: Int) throws -> [UInt8]? {
        guard let entry = entries[name] else { return nil }
        guard !entry.isEncrypted, entry.method == 0 || entry.method == 8 else { throw ZipFault.unreadable(name) }
        guard entry.size <= limit, entry.storedSize <= limit else { throw ZipFault.tooLarge(name, limit: limit) }
        let head = LittleEndian(try archive.bytes(at: entry.offset, count: ZipArchive.localSize))
        guard head.number(at: 0, 4) == 0x0403_4b50, let nameSize = head.number(at: 26, 2),
            let extraSize = head.number(at: 28, 2)
        else { throw ZipFault.damaged(name) }
        let start = entry.offset + ZipArchive.localSize + nameSize + extraSize
        let stored = try archive.bytes(at: start, count: entry.storedSize)
        guard stored.count == entry.storedSize else { throw ZipFault.damaged(name) }
        let bytes = entry.method == 0 ? stored : try Deflate.decompressed(stored, size: entry.size)
        guard bytes.count == entry.size, Deflate.checksum(of: bytes) == entry.checksum else {
            throw ZipFault.damaged(name)
        }
        return bytes
    }
}

extension ZipArchive.Entry {
    fileprivate init(_ words: LittleEndian, at start: Int) throws {
        guard let flags = words.number(at: start + 8, 2), let method = words.number(at: start + 10, 2),
            let checksum = words.number(at: start + 16, 4), let storedSize = words.number(at: start + 20, 4),
            let size = words.number(at: start + 24, 4), let offset = words.number(at: start + 42, 4)
        else { throw ZipFault.damaged("its directory") }
        self.init(
            method: method, isEncrypted: flags & 1 == 1, checksum: UInt32(truncatingIfNeeded: checksum),
            storedSize: storedSize, size: size, offset: offset)
    }
}

/// Why an archive cannot be read.
enum ZipFault: Error, CustomStringConvertible {
    case notZip
    case damaged(String)
    case twice(String)
    case unreadable(String)
    case tooLarge(String, limit: Int)

    var description: String {
        switch self {
        case .notZip: "is not a zip archive"
        case .damaged(let part): "is damaged: \(part)"
        case .twice(let name): "has two files named \(name)"
        case .unreadable(let name): "\(name) is encrypted, or compressed with something other than deflate"
        case .tooLarge(let name, let limit): "\(name) is larger than \(limit >> 20) MiB"
        }
    }
}

/// Numbers in little-endian order.
private struct LittleEndian {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func number(at offset: Int, _ size: Int) -> Int? {
        guard offset >= 0, offset + size <= bytes.count else { return nil }
        return bytes[offset..<offset + size].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    func text(at offset: Int, count: Int) -> String? {
        guard offset >= 0, offset + count <= bytes.count else { return nil }
        return String(decoding: bytes[offset..<offset + count], as: UTF8.self)
    }
}
