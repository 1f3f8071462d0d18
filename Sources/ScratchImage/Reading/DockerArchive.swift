import Attestation
import Files

/// The images of an archive as `docker save` writes it: those of `manifest.json`.
struct DockerArchive {
    private let store: ImageStore
    private let tag: String?

    /// - Parameter tag: The name of the image; nil for all.
    init(_ store: ImageStore, tag: String?) {
        self.store = store
        self.tag = tag
    }

    /// The images.
    ///
    /// - Throws: `ImageReadingError`, `FileError`.
    func entries() throws -> [ImageSource.Entry] {
        let all = try store.document([DockerManifest].self, named: "manifest.json")
        let images = all.filter { image in
            tag == nil || image.repoTags?.contains { $0 == tag || $0.hasSuffix(":" + (tag ?? "")) } == true
        }
        guard !images.isEmpty else {
            throw ImageReadingError.noImage(tag: tag, known: all.flatMap { $0.repoTags ?? [] })
        }
        guard images.count <= ImageLimits.images else {
            throw ImageReadingError.tooManyImages(limit: ImageLimits.images, depth: ImageLimits.depth)
        }
        let entries = try images.map(entry)
        if tag == nil { try compare(entries) }
        return entries
    }

    private func entry(_ image: DockerManifest) throws -> ImageSource.Entry {
        guard let file = try store.file(image.config) else { throw ImageReadingError.missingFile(image.config) }
        let configuration = try store.document(ImageConfiguration.self, named: image.config)
        guard image.layers.count <= ImageLimits.layers else {
            throw ImageReadingError.tooManyLayers(count: image.layers.count, limit: ImageLimits.layers)
        }
        let layers: [(StoredBytes, Digest?, String?)] = try image.layers.enumerated().map { index, name in
            guard let layer = try store.file(name) else { throw ImageReadingError.missingFile(name) }
            let diffIDs = configuration.rootfs.diffIDs
            return (layer, nil, index < diffIDs.count ? diffIDs[index] : nil)
        }
        return ImageSource.Entry(
            nil, digest: Digest(of: try file.all(limit: ImageStore.documentLimit)).inOCI,
            configuration: configuration, layers: layers)
    }

    /// Since version 25, docker writes an OCI layout into the same archive. Clients that use containerd read that one instead,
    /// so it must hold the same images for the same platforms.
    private func compare(_ entries: [ImageSource.Entry]) throws {
        guard try store.file("index.json") != nil else { return }
        let platforms = Set(entries.map(\.configuration.platform))
        let others = try ImageIndexWalk(store, tag: nil).contents().entries.map(\.configuration)
        guard Set(entries.map(\.configuration)) == Set(others.filter { platforms.contains($0.platform) }) else {
            throw ImageReadingError.differentLists
        }
    }
}
