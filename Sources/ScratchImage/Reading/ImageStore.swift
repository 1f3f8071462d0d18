import Attestation
import Files
import Synchronization
import SystemPackage

/// The files of images by name: a layout (image-layout.md) or an archive of one.
struct ImageStore: Sendable {
    private let place: Place
    private let budget = DocumentBudget()

    private enum Place: Sendable {
        /// With the folder that its path leads to.
        case folder(FilePath, FilePath?)
        case archive([String: StoredBytes])
    }

    /// The most bytes of a document. A manifest of a thousand layers has a tenth of it.
    static let documentLimit = 4 << 20

    /// Opens a folder.
    init(folder: FilePath) throws {
        guard folder.appending("index.json").exists else {
            throw ImageReadingError.notALayout(folder)
        }
        place = .folder(folder, folder.resolved)
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

    /// The files of an archive.
    ///
    /// Some clients unpack the archive, others look for a name, and take the first or the last. So each name is there once, and is
    /// spelt as it is looked for.
    private static func members(of archive: StoredBytes) throws -> [String: StoredBytes] {
        var members: [String: StoredBytes] = [:]
        var links: [(name: String, target: String, member: TarReader.Member)] = []
        var names: Set<String> = []
        var reader = TarReader(archive)
        while let member = try reader.next() {
            try Task.checkCancellation()
            // Some writers put ./ before each name.
            let name = member.path.hasPrefix("./") ? String(member.path.dropFirst(2)) : member.path
            guard member.kind != .folder else { continue }
            guard ImageRoot.names(of: name).joined(separator: [ImageRoot.slash]).elementsEqual(name.utf8),
                !ImageRoot.names(of: name).contains(ImageRoot.up)
            else { throw member.error(.nameNotCanonical) }
            guard names.insert(name).inserted else { throw member.error(.repeatedFile) }
            switch member.kind {
            case .file: members[name] = member.content
            case .symbolicLink(let target): links.append((name, target, member))
            default: throw member.error(.linkInArchive)
            }
        }
        for (name, target, member) in links {
            guard let source = ImageStore.layer(name, target), let content = members[source] else {
                throw member.error(.linkInArchive)
            }
            members[name] = content
        }
        return members
    }

    /// The layer that a link leads to, as tools write it for a layer that the archive has under another name: `ID/layer.tar` to
    /// `../OTHER/layer.tar` (docker before version 25) or `../DIGEST.tar` (podman).
    private static func layer(_ name: String, _ target: String) -> String? {
        let own = name.split(separator: "/", omittingEmptySubsequences: false)
        let parts = target.split(separator: "/", omittingEmptySubsequences: false)
        guard own.count == 2, own[1] == "layer.tar", parts.first == "..",
            parts.count == 3 ? parts[2] == "layer.tar" : parts.count == 2 && parts[1].hasSuffix(".tar")
        else { return nil }
        return parts.dropFirst().joined(separator: "/")
    }

    /// A file by its name; nil if there is none.
    func file(_ name: String) throws(FileError) -> StoredBytes? {
        switch place {
        case .archive(let members): return members[name]
        case .folder(let folder, let root):
            let path = folder.pushing(FilePath(name))
            guard path.exists else { return nil }
            // A layout may hold links, for example to share blobs, but what they lead to must be in the layout.
            if let root, let target = path.resolved, !target.starts(with: root) {
                throw FileError(path, .leadsOut(of: folder))
            }
            return try StoredBytes(path)
        }
    }

    /// A JSON document by its name.
    func document<Value: ImageDocument>(_ type: Value.Type, named name: String) throws -> Value {
        guard let file = try file(name) else { throw ImageReadingError.missingFile(name) }
        try budget.pay(file.count)
        return try decode(type, file.all(limit: ImageStore.documentLimit), name)
    }

    /// The JSON document that a descriptor refers to. Its digest is checked.
    func document<Value: ImageDocument>(_ type: Value.Type, _ descriptor: Descriptor) throws -> Value {
        let file = try blob(descriptor)
        try budget.pay(file.count)
        let bytes = try file.all(limit: ImageStore.documentLimit)
        guard Digest(of: bytes) == descriptor.sha256 else {
            throw ImageReadingError.changedDocument(digest: descriptor.digest, found: Digest(of: bytes).inOCI)
        }
        return try decode(type, bytes, descriptor.digest)
    }

    /// Checks the version of the layout, if it says one.
    func checkMarker() throws {
        guard try file("oci-layout") != nil else { return }
        let marker = try document(LayoutMarker.self, named: "oci-layout")
        guard marker.imageLayoutVersion == LayoutMarker.version else {
            throw ImageReadingError.malformedDocument(name: "oci-layout", expected: LayoutMarker.kind)
        }
    }

    /// Whether what a descriptor refers to is there.
    func holds(_ descriptor: Descriptor) throws -> Bool {
        guard let digest = descriptor.sha256 else {
            throw ImageReadingError.unsupportedDigest(descriptor.digest)
        }
        return try file("blobs/sha256/\(digest)") != nil
    }

    /// Whether a client that does not look at media types could take a blob for one of some kinds of documents.
    func mayBe(_ kinds: [String], _ descriptor: Descriptor) throws -> Bool {
        guard try holds(descriptor) else { return false }
        let file = try blob(descriptor)
        guard file.count <= ImageStore.documentLimit else { return false }
        try budget.pay(file.count)
        return ImageJSON.kinds(of: try file.all(limit: ImageStore.documentLimit)).contains { kinds.contains($0) }
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

/// The documents that may be read of one image. Indexes can name each other again and again.
final class DocumentBudget: Sendable {
    private let count = Atomic(0)
    private let bytes = Atomic(0)

    /// Counts a document.
    func pay(_ size: Int) throws(ImageReadingError) {
        let documents = count.add(1, ordering: .relaxed).newValue
        let total = bytes.add(size, ordering: .relaxed).newValue
        guard documents <= ImageLimits.documents, total <= ImageLimits.documentBytes else {
            throw .tooManyDocuments(count: ImageLimits.documents, bytes: ImageLimits.documentBytes)
        }
    }
}
