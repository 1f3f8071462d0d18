public import Attestation

/// How one document of an image refers to another: by its media type, digest and size.
///
/// Source: https://github.com/opencontainers/image-spec/blob/main/descriptor.md
public struct Descriptor: Sendable, Hashable, Codable {
    /// What kind of document it is.
    public let mediaType: MediaType
    /// `sha256:` and 64 hexadecimal digits; other algorithms can be read, but not verified.
    public let digest: String
    /// The size in bytes.
    public let size: Int
    /// The platform of a manifest in an index.
    public let platform: ImagePlatform?
    /// The type of an artifact that is not an image.
    public let artifactType: String?
    /// Annotations (annotations.md).
    public let annotations: [String: String]?

    /// The annotation that holds an image's tag in the index of a layout (image-layout.md#indexjson-file).
    static let referenceKey = "org.opencontainers.image.ref.name"
    /// The annotation that containerd, docker and podman take the name from when they load an image.
    static let nameKey = "io.containerd.image.name"

    init(
        _ mediaType: MediaType, digest: Digest, size: Int, platform: ImagePlatform? = nil,
        artifactType: String? = nil, annotations: [String: String]? = nil
    ) {
        self.mediaType = mediaType
        self.digest = digest.inOCI
        self.size = size
        self.platform = platform
        self.artifactType = artifactType
        self.annotations = annotations
    }

    init(
        mediaType: MediaType, digest: String, size: Int, artifactType: String? = nil,
        annotations: [String: String]? = nil
    ) {
        self.mediaType = mediaType
        self.digest = digest
        self.size = size
        platform = nil
        self.artifactType = artifactType
        self.annotations = annotations
    }

    /// The digest; nil if it is not SHA-256.
    public var sha256: Digest? {
        Digest(inOCI: digest)
    }
}

extension Digest {
    /// The digest as documents of images write it (descriptor.md#digests).
    var inOCI: String { "sha256:" + hexadecimal }

    /// Reads `sha256:…`; nil for any other text.
    public init?(inOCI text: String) {
        guard text.hasPrefix("sha256:") else { return nil }
        self.init(hexadecimal: String(text.dropFirst(7)))
    }
}

/// The media types of the documents that images are made of.
///
/// Source: https://github.com/opencontainers/image-spec/blob/main/media-types.md and, for Docker's, which
/// have the same fields, https://distribution.github.io/distribution/spec/manifest-v2-2/
public struct MediaType: RawRepresentable, Sendable, Hashable, Codable {
    /// The media type as it is written.
    public let rawValue: String
    /// Makes a media type of its text.
    public init(rawValue: String) { self.rawValue = rawValue }

    static let index = MediaType(rawValue: "application/vnd.oci.image.index.v1+json")
    static let manifest = MediaType(rawValue: "application/vnd.oci.image.manifest.v1+json")
    static let configuration = MediaType(rawValue: "application/vnd.oci.image.config.v1+json")
    static let dockerConfiguration = MediaType(rawValue: "application/vnd.docker.container.image.v1+json")
    static let empty = MediaType(rawValue: "application/vnd.oci.empty.v1+json")
    /// A layer that is not compressed; `LayerCompression` has the others.
    static let tar = MediaType(rawValue: "application/vnd.oci.image.layer.v1.tar")
    static let dockerIndex = MediaType(rawValue: "application/vnd.docker.distribution.manifest.list.v2+json")
    static let dockerManifest = MediaType(rawValue: "application/vnd.docker.distribution.manifest.v2+json")

    /// A stamp beside an image (https://github.com/in-toto/attestation/blob/main/spec/v1/bundle.md).
    static func stamp(_ kind: StampFile) -> MediaType {
        switch kind {
        case .signed: MediaType(rawValue: "application/vnd.in-toto+dsse")
        case .unsigned: MediaType(rawValue: "application/vnd.in-toto+json")
        case .sigstore: MediaType(rawValue: "application/vnd.dev.sigstore.bundle.v0.3+json")
        }
    }

    /// Whether it is an index, which lists manifests.
    var isIndex: Bool { self == .index || self == .dockerIndex }
    /// Whether it is the configuration of an image.
    var isConfiguration: Bool { self == .configuration || self == .dockerConfiguration }
    /// Whether it is the manifest of one image.
    var isManifest: Bool { self == .manifest || self == .dockerManifest }
}
