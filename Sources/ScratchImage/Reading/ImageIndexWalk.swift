import Attestation
import Files

/// Collects the images of an OCI layout: those that `index.json` names, and the indexes in it.
///
/// Runtimes choose an image by the platform in the index, and take what has no platform if nothing else fits. So everything
/// that has a platform, or could be taken for an image, is either read or an error.
struct ImageIndexWalk {
    private let store: ImageStore
    private let tag: String?
    private var found = ImageSource.Contents()
    /// The digests of what is not there.
    private var missing: [String] = []

    /// - Parameter tag: The name of the image; nil for all.
    init(_ store: ImageStore, tag: String?) {
        self.store = store
        self.tag = tag
    }

    /// The images.
    ///
    /// - Throws: `ImageReadingError`, `FileError`.
    consuming func contents() throws -> ImageSource.Contents {
        let top = try store.document(ImageIndex.self, named: "index.json")
        if let type = top.mediaType, !type.isIndex { throw ImageReadingError.mediaType(type, of: "index.json") }
        try store.checkMarker()
        let named = top.manifests.filter { $0.isNamed(tag) }
        guard !named.isEmpty else {
            let known = top.manifests.compactMap { $0.annotations?[Descriptor.referenceKey] }
            throw ImageReadingError.noImage(tag: tag, known: known)
        }
        for descriptor in named { try collect(descriptor, in: []) }
        guard !found.entries.isEmpty else {
            if let digest = missing.first { throw ImageReadingError.missingBlob(digest: digest) }
            throw ImageReadingError.noImage(tag: nil, known: [])
        }
        return found
    }

    private mutating func collect(_ descriptor: Descriptor, in indexes: [String]) throws {
        let depth = indexes.count
        guard depth <= ImageLimits.depth, found.entries.count < ImageLimits.images else {
            throw ImageReadingError.tooManyImages(limit: ImageLimits.images, depth: ImageLimits.depth)
        }
        let isDocument = descriptor.mediaType.isIndex || descriptor.mediaType.isManifest
        guard isDocument else { return try passOver(descriptor, isTop: depth == 0) }
        guard try store.holds(descriptor) else {
            guard !descriptor.isForNoPlatform else { return }
            missing.append(descriptor.digest)
            found.absent.append(descriptor.platform?.text ?? descriptor.digest)
            return
        }
        if descriptor.mediaType.isManifest {
            if var entry = try entry(descriptor, isTop: depth == 0) {
                entry.indexes = indexes
                found.entries.append(entry)
            }
        } else {
            let index = try store.document(ImageIndex.self, descriptor)
            try descriptor.check(index.mediaType)
            for part in index.manifests { try collect(part, in: indexes + [descriptor.digest]) }
        }
    }

    /// The image of a manifest; nil if the manifest is of something else, such as a signature or an attestation.
    ///
    /// - Parameter isTop: Whether `index.json` names it. Clients take what that names, whatever its platform.
    private func entry(_ descriptor: Descriptor, isTop: Bool) throws -> ImageSource.Entry? {
        if !isTop, descriptor.isForNoPlatform, descriptor.isMarkedAsAttestation { return nil }
        let manifest = try store.document(ImageManifest.self, descriptor)
        try descriptor.check(manifest.mediaType)
        guard manifest.config.mediaType.isConfiguration else {
            try checkThatNoRuntimeTakes(manifest, descriptor, isTop: isTop)
            return nil
        }
        guard manifest.layers.count <= ImageLimits.layers else {
            throw ImageReadingError.tooManyLayers(count: manifest.layers.count, limit: ImageLimits.layers)
        }
        let configuration = try store.document(ImageConfiguration.self, manifest.config)
        if descriptor.isForNoPlatform || descriptor.hasNoPlatform, configuration.platform.isUnknown { return nil }
        let isForLinux = configuration.platform.os == "linux" || descriptor.platform?.os == "linux"
        let layers = try manifest.layers.enumerated().map { index, layer in
            guard LayerCompression.isLayer(layer.mediaType) || !isForLinux else {
                throw ImageReadingError.mediaType(layer.mediaType, of: layer.digest)
            }
            let diffIDs = configuration.rootfs.diffIDs
            return (try store.blob(layer), layer.sha256, index < diffIDs.count ? diffIDs[index] : nil)
        }
        return ImageSource.Entry(
            descriptor.isForNoPlatform || descriptor.hasNoPlatform ? nil : descriptor.platform,
            digest: descriptor.digest, configuration: configuration, layers: layers)
    }

    /// Passes over something that is neither a manifest nor an index, unless a runtime could take it for one.
    private func passOver(_ descriptor: Descriptor, isTop: Bool) throws {
        guard isTop || !descriptor.isForNoPlatform else { return }
        let isImage =
            try !descriptor.hasNoPlatform || descriptor.mediaType.rawValue.isEmpty
            || store.mayBe([ImageManifest.kind, ImageIndex.kind], descriptor)
        guard !isImage else { throw ImageReadingError.mediaType(descriptor.mediaType, of: descriptor.digest) }
    }

    /// Most clients recognise an image by the media type of its configuration. Those that do not look at it take an artifact
    /// for an image if it is for Linux, has a Docker manifest, or a configuration like that of an image.
    private func checkThatNoRuntimeTakes(_ manifest: ImageManifest, _ descriptor: Descriptor, isTop: Bool) throws {
        guard isTop || !descriptor.isForNoPlatform else { return }
        let isImage =
            try descriptor.platform?.os == "linux" || descriptor.mediaType == .dockerManifest
            || descriptor.hasNoPlatform && store.mayBe([ImageConfiguration.kind], manifest.config)
        guard !isImage else { throw ImageReadingError.mediaType(manifest.config.mediaType, of: manifest.config.digest) }
    }
}

extension Descriptor {
    /// Whether it has a name in the index of a layout.
    fileprivate func isNamed(_ tag: String?) -> Bool {
        guard let tag else { return true }
        return [Descriptor.referenceKey, Descriptor.nameKey].contains { key in
            let value = annotations?[key]
            return value == tag || value?.hasSuffix(":" + tag) == true
        }
    }

    /// Whether it names no platform.
    fileprivate var hasNoPlatform: Bool { platform.map { $0.os.isEmpty && $0.architecture.isEmpty } ?? true }

    /// Whether no runtime chooses it: its platform is unknown/unknown, as that of BuildKit's attestations.
    fileprivate var isForNoPlatform: Bool { platform?.isUnknown ?? false }

    /// Whether BuildKit says that it is an attestation
    /// (https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md).
    fileprivate var isMarkedAsAttestation: Bool {
        annotations?["vnd.docker.reference.type"] == "attestation-manifest"
    }

    /// Compares the media type with that in the document itself. Clients differ on which of them counts.
    fileprivate func check(_ own: MediaType?) throws(ImageReadingError) {
        guard let own, own != mediaType else { return }
        throw .mediaType(own, of: digest)
    }
}
