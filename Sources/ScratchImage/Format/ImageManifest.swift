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
    /// The manifest that this one speaks of, for an artifact.
    public let subject: Descriptor?
    /// Annotations.
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
    /// The manifests.
    public let manifests: [Descriptor]
    /// Annotations.
    public let annotations: [String: String]?

    init(manifests: [Descriptor], annotations: [String: String]? = nil) {
        schemaVersion = 2
        mediaType = .index
        self.manifests = manifests
        self.annotations = annotations
    }
}

/// The file `oci-layout`, which says that a folder is one.
///
/// Source: https://github.com/opencontainers/image-spec/blob/main/image-layout.md
struct LayoutMarker: Codable {
    static let version = "1.0.0"
    var imageLayoutVersion = LayoutMarker.version
}
