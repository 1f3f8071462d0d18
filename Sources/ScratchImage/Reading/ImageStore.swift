import Attestation
import Files
import SystemPackage

/// A layout or an archive in which the parts of images lie, by name.
struct ImageStore: Sendable {
    private let place: Place

    private enum Place: Sendable {
        case folder(FilePath)
        case archive([String: StoredBytes])
    }

    /// A document, and nothing longer: a manifest of a thousand layers has a tenth of it.
    static let documentLimit = 4 << 20

    /// Opens a folder.
    init(folder: FilePath) throws {
        guard folder.appending("index.json").exists else {
            throw ImageError("\(folder) is no OCI layout: there is no index.json in it")
        }
        place = .folder(folder)
    }

    /// Opens a tar archive, with gzip or without.
    init(archive: FilePath) throws {
        let file = try StoredBytes(archive)
        var members: [String: StoredBytes] = [:]
        do {
            var reader = TarReader(try Unpacking.unpack(file, limit: ImageLimits.unpacked).content)
            while let member = try reader.next() {
                try Task.checkCancellation()
                guard member.kind == .file else { continue }
                // Some writers put ./ before each name.
                let name = member.path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
                members[name] = member.content
            }
        } catch let error as ImageError {
            throw ImageError("\(archive): \(error)")
        }
        place = .archive(members)
    }

    /// A file by its name; nil where there is none.
    func file(_ name: String) throws(FileError) -> StoredBytes? {
        switch place {
        case .archive(let members): return members[name]
        case .folder(let folder):
            let path = folder.pushing(FilePath(name))
            guard path.exists else { return nil }
            return try StoredBytes(path)
        }
    }

    /// A JSON document by its name.
    func document<Value: Decodable>(_ type: Value.Type, named name: String) throws -> Value {
        guard let file = try file(name) else { throw ImageError("there is no \(name)") }
        return try decode(type, file.all(limit: ImageStore.documentLimit), name)
    }

    /// The JSON document that a descriptor speaks of, whose digest is compared.
    func document<Value: Decodable>(_ type: Value.Type, _ descriptor: Descriptor) throws -> Value {
        let bytes = try blob(descriptor).all(limit: ImageStore.documentLimit)
        guard Digest(of: bytes) == descriptor.sha256 else {
            throw ImageError("the document \(descriptor.digest) has another digest: it was changed")
        }
        return try decode(type, bytes, descriptor.digest)
    }

    /// The bytes that a descriptor speaks of, whose size is compared.
    func blob(_ descriptor: Descriptor) throws -> StoredBytes {
        guard let digest = descriptor.sha256 else {
            throw ImageError("the digest '\(descriptor.digest)' is not SHA-256")
        }
        guard let file = try file("blobs/sha256/\(digest)") else {
            throw ImageError("the blob \(descriptor.digest) is missing")
        }
        guard file.count == descriptor.size else {
            throw ImageError(
                "the blob \(descriptor.digest) has \(file.count) bytes, and should have \(descriptor.size)")
        }
        return file
    }

    private func decode<Value: Decodable>(_: Value.Type, _ bytes: [UInt8], _ name: String) throws -> Value {
        guard let value = ImageJSON.value(Value.self, of: bytes) else {
            throw ImageError("\(name) is not what it should be: \(Value.self)")
        }
        return value
    }
}
