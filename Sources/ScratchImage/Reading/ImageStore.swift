import Attestation
import Files
import SystemPackage

/// The files of images by name: a layout (image-layout.md) or an archive of one.
struct ImageStore: Sendable {
    private let place: Place

    private enum Place: Sendable {
        case folder(FilePath)
        case archive([String: StoredBytes])
    }

    /// The most bytes of a document. A manifest of a thousand layers has a tenth of it.
    static let documentLimit = 4 << 20

    /// Opens a folder.
    init(folder: FilePath) throws {
        guard folder.appending("index.json").exists else {
            throw ImageReadingError.notALayout(folder)
        }
        place = .folder(folder)
    }

    /// Opens a tar archive, compressed or not.
    init(archive: FilePath) throws {
        let file = try StoredBytes(archive)
        do {
            place = .archive(try ImageStore.members(of: Unpacking.unpack(file, limit: ImageLimits.unpacked).content))
        } catch let error as CancellationError {
            throw error
        } catch {
            throw ImageReadingError.archive(archive, error)
        }
    }

    private static func members(of archive: StoredBytes) throws -> [String: StoredBytes] {
        var members: [String: StoredBytes] = [:]
        var reader = TarReader(archive)
        while let member = try reader.next() {
            try Task.checkCancellation()
            guard member.kind == .file else { continue }
            // Some writers put ./ before each name.
            let name = member.path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
            members[name] = member.content
        }
        return members
    }

    /// A file by its name; nil if there is none.
    func file(_ name: String) throws(FileError) -> StoredBytes? {
        switch place {
        case .archive(let members): return members[name]
        case .folder(let folder):
            let path = folder.pushing(FilePath(name))
            guard path.exists else { return nil }
            // A layout may hold links, for example to share blobs, but what they lead to must be in the layout.
            if let root = folder.resolved, let target = path.resolved, !target.starts(with: root) {
                throw FileError(path, .leadsOut(of: folder))
            }
            return try StoredBytes(path)
        }
    }

    /// A JSON document by its name.
    func document<Value: ImageDocument>(_ type: Value.Type, named name: String) throws -> Value {
        guard let file = try file(name) else { throw ImageReadingError.missingFile(name) }
        return try decode(type, file.all(limit: ImageStore.documentLimit), name)
    }

    /// The JSON document that a descriptor refers to. Its digest is checked.
    func document<Value: ImageDocument>(_ type: Value.Type, _ descriptor: Descriptor) throws -> Value {
        let bytes = try blob(descriptor).all(limit: ImageStore.documentLimit)
        guard Digest(of: bytes) == descriptor.sha256 else {
            throw ImageReadingError.changedDocument(digest: descriptor.digest, found: Digest(of: bytes).inOCI)
        }
        return try decode(type, bytes, descriptor.digest)
    }

    /// The bytes that a descriptor refers to. Their size is checked, their digest is not.
    func blob(_ descriptor: Descriptor) throws -> StoredBytes {
        guard let digest = descriptor.sha256 else {
            throw ImageReadingError.unsupportedDigest(descriptor.digest)
        }
        guard let file = try file("blobs/sha256/\(digest)") else {
            throw ImageReadingError.missingBlob(digest: descriptor.digest)
        }
        guard file.count == descriptor.size else {
            throw ImageReadingError.blobSize(
                digest: descriptor.digest, expected: descriptor.size, found: file.count)
        }
        return file
    }

    private func decode<Value: ImageDocument>(_: Value.Type, _ bytes: [UInt8], _ name: String) throws -> Value {
        guard let value = ImageJSON.value(Value.self, of: bytes) else {
            throw ImageReadingError.malformedDocument(name: name, expected: Value.kind)
        }
        return value
    }
}
