public import Attestation
import Files
import GoBinary
public import SystemPackage

/// A place of images that others made, named as skopeo names it (containers-transports(5)): `oci:folder[:tag]`,
/// `oci-archive:file[:tag]`, `docker-archive:file`.
public struct ImageSource: Sendable, Hashable {
    /// The kinds of places.
    public enum Form: String, Sendable, CaseIterable {
        /// A folder, an OCI image layout.
        case layout = "oci"
        /// A layout in a tar archive.
        case archive = "oci-archive"
        /// A tar archive as `docker save` writes it.
        case docker = "docker-archive"
    }

    let form: Form
    let path: FilePath
    /// The name of the image if there are several.
    let tag: String?

    /// Makes a source of its parts.
    public init(_ form: Form, path: FilePath, tag: String? = nil) {
        self.form = form
        self.path = path
        self.tag = tag
    }

    /// Reads a source; nil if the text does not begin with a form.
    ///
    /// - Parameter exists: Whether there is a file at a path: a colon may be part of a name, or separate it from a tag.
    public init?(_ text: String, exists: (String) -> Bool) {
        guard let colon = text.firstIndex(of: ":"), let form = Form(rawValue: String(text[..<colon])) else {
            return nil
        }
        let rest = String(text[text.index(after: colon)...])
        guard !rest.isEmpty else { return nil }
        if !exists(rest), let last = rest.firstIndex(of: ":"), exists(String(rest[..<last])) {
            self.init(form, path: FilePath(String(rest[..<last])), tag: String(rest[rest.index(after: last)...]))
        } else {
            self.init(form, path: FilePath(rest))
        }
    }

    /// What is known of one image before its layers are read.
    public struct Entry: Sendable {
        /// The platform in the index; if it has none, the one in the configuration.
        public let platform: ImagePlatform
        /// The digest of the manifest; of the configuration if there is no manifest.
        public let digest: String
        /// Whether neither the index nor the configuration says that it is for Linux.
        public var isForAnotherSystem: Bool { platform.os != "linux" && configuration.os != "linux" }
        let configuration: ImageConfiguration
        let layers: [(file: StoredBytes, digest: Digest?, diffID: String?)]
    }

    /// The images of all platforms.
    ///
    /// - Throws: `ImageReadingError` for anything that is not an image, or a damaged one.
    public func entries() throws -> [Entry] {
        try ImageReadingError.naming {
            switch form {
            case .docker: try ImageSource.dockerEntries(ImageStore(archive: path), tag: tag)
            case .archive: try ImageSource.entries(ImageStore(archive: path), tag: tag)
            case .layout: try ImageSource.entries(ImageStore(folder: path), tag: tag)
            }
        }
    }

    /// The stamps in a layout that holds the artifacts of an image.
    ///
    /// - Throws: `ImageReadingError`.
    public func stamps() throws -> [StampDocument] {
        try ImageReadingError.naming { try storedStamps() }
    }

    private func storedStamps() throws -> [StampDocument] {
        let store = try ImageStore(folder: path)
        var stamps: [StampDocument] = []
        for top in try store.document(ImageIndex.self, named: "index.json").manifests where top.mediaType.isIndex {
            for descriptor in try store.document(ImageIndex.self, top).manifests where descriptor.mediaType.isManifest {
                for layer in try store.document(ImageManifest.self, descriptor).layers {
                    guard let kind = StampFile.allCases.first(where: { layer.mediaType == .stamp($0) }) else {
                        continue
                    }
                    let bytes = try store.blob(layer).all(limit: 1 << 20)
                    if Digest(of: bytes) == layer.sha256 { stamps.append(StampDocument(kind: kind, bytes: bytes)) }
                }
            }
        }
        return stamps
    }

    private static func entries(_ store: ImageStore, tag: String?) throws -> [Entry] {
        let top = try store.document(ImageIndex.self, named: "index.json")
        let named = top.manifests.filter { descriptor in
            tag == nil
                || [Descriptor.referenceKey, Descriptor.nameKey].contains { key in
                    let value = descriptor.annotations?[key]
                    return value == tag || value?.hasSuffix(":" + (tag ?? "")) == true
                }
        }
        guard !named.isEmpty else {
            let known = top.manifests.compactMap { $0.annotations?[Descriptor.referenceKey] }
            throw ImageReadingError.noImage(tag: tag, known: known)
        }
        var entries: [Entry] = []
        for descriptor in named { try collect(descriptor, store, depth: 0, into: &entries) }
        guard !entries.isEmpty else { throw ImageReadingError.noImage(tag: nil, known: []) }
        return entries
    }

    private static func collect(
        _ descriptor: Descriptor, _ store: ImageStore, depth: Int, into entries: inout [Entry]
    ) throws {
        guard depth <= ImageLimits.depth, entries.count < ImageLimits.images else {
            throw ImageReadingError.tooManyImages(limit: ImageLimits.images, depth: ImageLimits.depth)
        }
        if descriptor.mediaType.isIndex {
            for part in try store.document(ImageIndex.self, descriptor).manifests {
                try collect(part, store, depth: depth + 1, into: &entries)
            }
        } else if descriptor.mediaType.isManifest, !descriptor.isAttestation {
            if let entry = try entry(descriptor, store) { entries.append(entry) }
        }
    }

    /// The image of a manifest; nil if the manifest is of something else.
    private static func entry(_ descriptor: Descriptor, _ store: ImageStore) throws -> Entry? {
        let manifest = try store.document(ImageManifest.self, descriptor)
        // Clients recognise an image by the media type of its configuration, whatever else the manifest says.
        guard [.configuration, .dockerConfiguration].contains(manifest.config.mediaType) else { return nil }
        try ImageSource.checkLayers(manifest.layers.count)
        let configuration = try store.document(ImageConfiguration.self, manifest.config)
        let layers = try manifest.layers.enumerated().map { index, layer in
            let diffIDs = configuration.rootfs.diffIDs
            return (try store.blob(layer), layer.sha256, index < diffIDs.count ? diffIDs[index] : nil)
        }
        return Entry(
            platform: descriptor.platform ?? configuration.platform, digest: descriptor.digest,
            configuration: configuration, layers: layers)
    }

    private static func checkLayers(_ count: Int) throws(ImageReadingError) {
        guard count <= ImageLimits.layers else { throw .tooManyLayers(count: count, limit: ImageLimits.layers) }
    }

    private static func dockerEntries(_ store: ImageStore, tag: String?) throws -> [Entry] {
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
        return try images.map { image in
            guard let file = try store.file(image.config) else { throw ImageReadingError.missingFile(image.config) }
            let configuration = try store.document(ImageConfiguration.self, named: image.config)
            try checkLayers(image.layers.count)
            let layers: [(StoredBytes, Digest?, String?)] = try image.layers.enumerated().map { index, name in
                guard let layer = try store.file(name) else { throw ImageReadingError.missingFile(name) }
                let diffIDs = configuration.rootfs.diffIDs
                return (layer, nil, index < diffIDs.count ? diffIDs[index] : nil)
            }
            return Entry(
                platform: configuration.platform,
                digest: Digest(of: try file.all(limit: ImageStore.documentLimit)).inOCI,
                configuration: configuration, layers: layers)
        }
    }
}

extension ImageConfiguration {
    var platform: ImagePlatform { ImagePlatform(os: os, architecture: architecture, variant: variant) }
}

extension Descriptor {
    /// Whether it is an attestation that buildx puts beside an image, for the platform unknown/unknown.
    fileprivate var isAttestation: Bool { platform?.os == "unknown" && platform?.architecture == "unknown" }
}
