import Compression
import Files
import SystemPackage

/// Where the documents of a database are: in a folder or a zip archive.
enum DatabaseStore: Sendable {
    case folder(FilePath)
    case archive(FilePath, ZipArchive)

    /// The largest document that is read, in bytes. The index of modules has half a megabyte.
    private static let limit = 64 << 20

    /// Opens a database.
    init(_ path: FilePath) throws(VulnerabilityError) {
        if path.isFolder {
            self = .folder(path)
            return
        }
        do { self = .archive(path, try ZipArchive(StoredBytes(path))) } catch let error as FileError {
            throw .unreadable(path.string, reason: error.reason)
        } catch {
            throw .unreadable(path.string, reason: "\(error)")
        }
    }

    private var path: FilePath {
        switch self {
        case .folder(let path), .archive(let path, _): path
        }
    }

    /// A document, `index/modules`; from the compressed file if there is no other.
    func document(_ name: String) throws(VulnerabilityError) -> [UInt8] {
        do {
            if let bytes = try file(name + ".json") { return bytes }
            if let bytes = try file(name + ".json.gz") { return try DatabaseStore.unzipped(bytes) }
        } catch let error as FileError {
            throw .unreadable(error.path.string, reason: error.reason)
        } catch {
            throw .unreadable("\(path) \(name).json", reason: "\(error)")
        }
        throw .missing("\(name).json", in: path.string)
    }

    private func file(_ name: String) throws -> [UInt8]? {
        switch self {
        case .archive(_, let archive): return try archive.file(name, limit: DatabaseStore.limit)
        case .folder(let folder):
            let path = folder.appending(name)
            return path.exists ? try StoredBytes(path).all(limit: DatabaseStore.limit) : nil
        }
    }

    private static func unzipped(_ bytes: [UInt8]) throws -> [UInt8] {
        var output: [UInt8] = []
        var reader = try GzipReader()
        try reader.read(bytes) { piece in
            guard output.count + piece.count <= limit else { throw ZipFault.tooLarge("it", limit: limit) }
            output += piece
        }
        try reader.finish()
        return output
    }
}
