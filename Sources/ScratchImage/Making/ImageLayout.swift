import Attestation
import Files
import FoundationEssentials
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

    /// Writes the artifacts of an image.
    public static func write(_ artifacts: ImageArtifacts, to folder: FilePath) throws {
        try write(artifacts.blobs, index: artifacts.index, to: folder)
    }

    private static func write(_ blobs: [(digest: String, bytes: [UInt8])], index: [UInt8], to folder: FilePath) throws {
        let files = FileManager.default
        guard try !isLayout(folder) else {
            let known = Set((try? files.contentsOfDirectory(atPath: blobFolder(in: folder).string)) ?? [])
            do {
                try fill(folder, with: blobs, index: index, known: known)
            } catch {
                try? prune(folder, keeping: known)
                throw error
            }
            return try prune(folder, keeping: Set(blobs.map { String($0.digest.dropFirst(7)) }))
        }
        let staging = try Folder.createStaging(in: folder.removingLastComponent())
        do {
            // The layout often lies in a repository, where an untracked file makes the next build another one.
            try Folder.hideFromGit(staging)
            try fill(staging, with: blobs, index: index, known: [])
            // rename(2) replaces an empty folder, and fails for one that has been filled meanwhile.
            try rename(staging, folder)
        } catch {
            try? files.removeItem(atPath: staging.string)
            throw error
        }
    }

    /// Whether a folder is a layout of one image; throws if it is something else and not empty.
    private static func isLayout(_ folder: FilePath) throws -> Bool {
        let files = FileManager.default
        if files.fileExists(atPath: folder.appending("oci-layout").string) {
            let index = try? ImageStore(folder: folder).document(ImageIndex.self, named: "index.json")
            guard (index?.manifests.count ?? 0) <= 1 else {
                throw ImageMakingError.severalImages(folder)
            }
            return true
        }
        var isFolder = false
        guard files.fileExists(atPath: folder.string, isDirectory: &isFolder) else { return false }
        let isEmpty = isFolder && (try? files.contentsOfDirectory(atPath: folder.string).isEmpty) == true
        guard isEmpty else { throw ImageMakingError.notALayout(folder) }
        return false
    }

    private static func blobFolder(in folder: FilePath) -> FilePath { folder.appending("blobs").appending("sha256") }

    private static func fill(
        _ folder: FilePath, with blobs: [(digest: String, bytes: [UInt8])], index: [UInt8], known: Set<String>
    ) throws {
        let place = blobFolder(in: folder)
        try Folder.create(place)
        for (digest, bytes) in blobs where !known.contains(String(digest.dropFirst(7))) {
            try AtomicFile.write(bytes, to: place.appending(String(digest.dropFirst(7))))
        }
        try AtomicFile.write(ImageJSON.bytes(of: LayoutMarker()), to: folder.appending("oci-layout"))
        try AtomicFile.write(index, to: folder.appending("index.json"))
    }

    private static func prune(_ folder: FilePath, keeping kept: Set<String>) throws {
        let place = blobFolder(in: folder)
        for name in try FileManager.default.contentsOfDirectory(atPath: place.string) where !kept.contains(name) {
            try? remove(place.appending(name))
        }
    }
}
