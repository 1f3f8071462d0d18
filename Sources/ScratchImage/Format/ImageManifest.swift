/// A manifest: the configuration and the layers of one platform's image.
///
/// Source: https://github.com/opencontainers/image-spec/blob/main/manifest.md
public struct ImageManifest: Sendable, Hashable, Codable {
    let schemaVersion: Int
    let mediaType: MediaType?
    let artifactType: String?
    /// The configuration.
    public let config: Descriptor
    /// The layers, the lowest first.
    public let layers: [Descriptor]
    /// The manifest that an artifact is about.
    public let subject: Descriptor?
    /// Annotations (annotations.md).
    public let annotations: [String: String]?

    init(
        config: Descriptor, layers: [Descriptor], artifactType: String? = nil, subject: Descriptor? = nil,
        annotations: [String: String]? = nil
    ) {
        schemaVersion = 2
        mediaType = .manifest
        self.artifactType = artifactType
        self.config = config
        self.layers = layers
        self.subject = subject
        self.annotations = annotations
    }
}

/// An index: the manifests of all platforms.
///
/// Source: https://github.com/opencontainers/image-spec/blob/main/image-index.md
public struct ImageIndex: Sendable, Hashable, Codable {
    let schemaVersion: Int
    let mediaType: MediaType?
    /// The manifests, or further indexes.
    public let manifests: [Descriptor]
    /// Annotations (annotations.md).
    public let annotations: [String: String]?

    init(manifests: [Descriptor], annotations: [String: String]? = nil) {
        schemaVersion = 2
        mediaType = .index
        self.manifests = manifests
        self.annotations = annotations
    }
}

/// The file `oci-layout`, which marks a folder as an image layout.
///
/// Source: https://github.com/opencontainers/image-spec/blob/main/image-layout.md#oci-layout-file
struct LayoutMarker: Codable {
    static let version = "1.0.0"
    var imageLayoutVersion = LayoutMarker.version
}

/// One image of the `manifest.json` that `docker save` writes.
///
/// Source: https://github.com/moby/docker-image-spec/blob/main/spec.md#combined-image-json--filesystem-changeset-format
struct DockerManifest: Codable {
    let config: String
    let repoTags: [String]?
    let layers: [String]

    enum CodingKeys: String, CodingKey {
        case config = "Config"
        case repoTags = "RepoTags"
        case layers = "Layers"
    }
}
