import Attestation
import Files
public import SystemPackage

/// Writes images as image layouts (https://github.com/opencontainers/image-spec/blob/main/image-layout.md).
public enum ImageLayout {
    /// Writes an image. If the folder is a layout of one image already, the image replaces that one.
    ///
    /// A new layout is written to a folder beside its place and renamed. In an existing one, blobs are written first and the
    /// index last, so that a concurrent reader finds either the old image or the new one.
    ///
    /// - Throws: `ImageMakingError` if the folder holds something else; `OutputError`.
    public static func write(_ image: Image, as reference: ImageReference, to folder: FilePath) throws {
        let index = try ImageJSON.bytes(of: ImageIndex(manifests: [image.descriptor(reference)]))
        try write(image.blobs, index: index, to: folder)
    }

    /// Writes an artifact of an image, under a tag.
    public static func write(_ artifact: ImageArtifacts.Artifact, tag: String, to folder: FilePath) throws {
        let index = ImageIndex(manifests: [artifact.descriptor.named(tag)])
        try write(artifact.blobs, index: ImageJSON.bytes(of: index), to: folder)
    }

    /// Writes a list of artifacts under a tag, without the artifacts.
    public static func write(_ list: ReferrersIndex, tag: String, to folder: FilePath) throws {
        let descriptor = Descriptor(.index, digest: Digest(of: list.bytes), size: list.bytes.count).named(tag)
        let index = ImageIndex(manifests: [descriptor])
        try write([(descriptor.digest, list.bytes)], index: ImageJSON.bytes(of: index), to: folder)
    }

    private static func write(_ blobs: [(digest: String, bytes: [UInt8])], index: [UInt8], to folder: FilePath) throws {
        let blobs = blobs.map { Blob(name: String($0.digest.dropFirst(7)), bytes: $0.bytes) }
        guard try !isLayout(folder) else {
            return try replace(folder, with: blobs, index: index)
        }
        let staging = try StagingFolder(in: folder.removingLastComponent())
        defer { staging.remove() }
        let layout = staging.path.appending("layout")
        try Folder.create(layout)
        // The layout often lies in a repository, where an untracked file makes the next build another one.
        try Folder.hideFromGit(layout)
        try fill(layout, with: blobs, index: index)
        // rename(2) replaces an empty folder, and fails for one that has been filled meanwhile.
        try rename(layout, folder)
    }

    /// A blob and its name, the digest in hexadecimal.
    private struct Blob {
        let name: String
        let bytes: [UInt8]
    }

    /// Replaces the image of a layout. If that fails, the layout holds the old image and no other blobs than before.
    private static func replace(_ folder: FilePath, with blobs: [Blob], index: [UInt8]) throws {
        for name in ["blobs/sha256", "oci-layout", "index.json"] {
            try Folder.checkNoLink(in: FilePath(name), below: folder)
        }
        let known = Set(((try? Folder.names(in: blobFolder(in: folder))) ?? []).map(\.string))
        do {
            try fill(folder, with: blobs, index: index)
        } catch {
            try? prune(folder, keeping: known)
            throw error
        }
        try prune(folder, keeping: Set(blobs.map(\.name)))
    }

    /// Whether a folder is a layout of one image; throws if it is something else and not empty.
    private static func isLayout(_ folder: FilePath) throws -> Bool {
        if folder.appending("oci-layout").exists {
            let index = try? ImageStore(folder: folder).document(ImageIndex.self, named: "index.json")
            guard (index?.manifests.count ?? 0) <= 1 else {
                throw ImageMakingError.severalImages(folder)
            }
            return true
        }
        guard folder.exists else { return false }
        guard (try? Folder.names(in: folder))?.isEmpty == true else { throw ImageMakingError.notALayout(folder) }
        return false
    }

    private static func blobFolder(in folder: FilePath) -> FilePath { folder.appending("blobs").appending("sha256") }

    private static func fill(_ folder: FilePath, with blobs: [Blob], index: [UInt8]) throws {
        let place = blobFolder(in: folder)
        try Folder.create("blobs/sha256", below: folder)
        for blob in blobs {
            try Folder.checkNoLink(in: FilePath(blob.name), below: place)
            if !holds(place.appending(blob.name), blob) {
                try AtomicFile.write(blob.bytes, to: place.appending(blob.name))
            }
        }
        try AtomicFile.write(ImageJSON.bytes(of: LayoutMarker()), to: folder.appending("oci-layout"))
        try AtomicFile.write(index, to: folder.appending("index.json"))
    }

    /// Whether a file has the bytes of a blob. A damaged or unreadable file does not count, whatever its name says.
    private static func holds(_ path: FilePath, _ blob: Blob) -> Bool {
        path.fileSize == blob.bytes.count && (try? digest(of: path))?.hexadecimal == blob.name
    }

    private static func digest(of path: FilePath) throws(FileError) -> Digest {
        try Digest(of: OpenFile(path, followsLinks: false))
    }

    private static func prune(_ folder: FilePath, keeping kept: Set<String>) throws {
        let place = blobFolder(in: folder)
        for name in try Folder.names(in: place) where !kept.contains(name.string) {
            try? remove(place.appending(name))
        }
    }
}

extension Descriptor {
    /// The descriptor with a tag, as `index.json` of a layout has it.
    fileprivate func named(_ tag: String) -> Descriptor {
        Descriptor(
            mediaType: mediaType, digest: digest, size: size, artifactType: artifactType,
            annotations: (annotations ?? [:]).merging([Descriptor.referenceKey: tag]) { $1 })
    }
}
